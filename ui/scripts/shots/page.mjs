// Small moves that scenes share.

/** Waits until real data are on the screen. */
export async function ready(page) {
  await page.waitForSelector('body[data-ready="true"]', { timeout: 20_000 });
}

/** A part of the screen by its test name; the first of several. */
export function part(page, id) {
  return page.getByTestId(id).first();
}

/** Goes to a place of the phone's screens without a new load. */
export async function visit(page, hash) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await page.waitForTimeout(350);
}
