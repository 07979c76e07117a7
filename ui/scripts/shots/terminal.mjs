// The cashier's screens. Nothing is sold: the scenes stop before the finishing key.
import { part, ready } from './page.mjs';

async function dialog(page, shoot, key, scene) {
  await page.keyboard.press(key);
  await page.waitForTimeout(300);
  await shoot(scene);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(150);
}

async function walk(stage, page, shoot) {
  await ready(page);
  if (await part(page, 'sign-out').count()) await part(page, 'sign-out').click();
  await shoot('sign-in');
  const cashier = page.getByTestId(/^cashier/).filter({ hasText: stage.terminal.cashier.split(' ')[0] }).first();
  if (await cashier.count()) await cashier.click();
  await part(page, 'pin').fill(stage.terminal.pin);
  await part(page, 'sign-in').click();
  await part(page, 'scan-field').waitFor();
  await shoot('empty');
  for (const gtin of ['9520001000010', '9520001000201']) {
    await part(page, 'scan-field').fill(gtin);
    await page.keyboard.press('Enter');
    await page.getByTestId('line-row').last().waitFor();
    await page.waitForTimeout(200);
  }
  await shoot('sale');
  for (const [key, scene] of [['F1', 'item'], ['F2', 'buyer'], ['F3', 'seller'], ['F4', 'void'], ['F5', 'amount'], ['F6', 'quantity'], ['F9', 'redeem']]) {
    await dialog(page, shoot, key, scene);
  }
  for (const [id, scene] of [['badge', 'queue'], ['sales-open', 'sales'], ['settings-open', 'settings']]) {
    await part(page, id).click();
    await page.waitForTimeout(300);
    await shoot(scene);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
}

/** Scenes of the terminal. */
export function terminalScenes(stage) {
  const sizes = [{ width: 1366, height: 768 }, { width: 1024, height: 768 }];
  return [{ name: 'terminal', url: stage.terminal.url, sizes, walk: (page, shoot) => walk(stage, page, shoot) }];
}
