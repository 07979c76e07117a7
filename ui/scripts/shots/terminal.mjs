// The cashier's screens. Nothing is sold: the scenes stop before the finishing key.
import { readFile } from 'node:fs/promises';
import { part, ready } from './page.mjs';

/** The telephone number of one of the demo's people. */
async function phoneOf(code) {
  const file = new URL('../../../cli/demo/people.csv', import.meta.url);
  const [head, ...rows] = (await readFile(file, 'utf8')).split('\n').map((line) => line.split(','));
  const row = rows.find((cells) => cells[0] === code);
  return row[head.indexOf('phone')];
}

async function dialog(page, shoot, key, scene) {
  await page.keyboard.press(key);
  await page.waitForTimeout(300);
  await shoot(scene);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(150);
}

/** A buyer and a seller, so that both pots are filled. */
async function people(page, shoot) {
  await page.keyboard.press('F3');
  await page.getByTestId(/^seller-Mette/).click();
  await page.keyboard.press('F2');
  await part(page, 'buyer-input').fill(await phoneOf('astrid'));
  await part(page, 'buyer-find').click();
  await part(page, 'buyer-name').waitFor();
  await page.waitForTimeout(600);
  await shoot('pots');
}

async function walk(stage, page, shoot) {
  await ready(page);
  if (await part(page, 'sign-out').count()) {
    await part(page, 'sign-out').click();
    await part(page, 'sign-out-confirm').click();
    await part(page, 'cashier').waitFor();
  }
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
  await people(page, shoot);
  for (const [key, scene] of [['F1', 'item'], ['F2', 'buyer'], ['F3', 'seller'], ['F4', 'void'], ['F5', 'amount'], ['F6', 'quantity'], ['F9', 'redeem']]) {
    await dialog(page, shoot, key, scene);
  }
  await redeemByPhone(page, shoot);
  for (const [id, scene] of [['badge', 'queue'], ['sales-open', 'sales'], ['settings-open', 'settings']]) {
    await part(page, id).click();
    await page.waitForTimeout(300);
    await shoot(scene);
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
}

/** A reward that the member's phone is asked about, as without a network; nothing is handed over. */
async function redeemByPhone(page, shoot) {
  await page.keyboard.press('F9');
  if (await part(page, 'redeem-by-phone').count()) await part(page, 'redeem-by-phone').click();
  await part(page, 'reward-row').waitFor();
  await shoot('redeem-phone');
  await page.locator('[data-testid="reward-row"]:enabled').first().click();
  await part(page, 'redeem-confirm').click();
  await part(page, 'challenge-text').waitFor();
  await shoot('redeem-question');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(150);
}

/** Scenes of the terminal. */
export function terminalScenes(stage) {
  const sizes = [{ width: 1366, height: 768 }, { width: 1024, height: 768 }];
  return [{ name: 'terminal', url: stage.terminal.url, sizes, walk: (page, shoot) => walk(stage, page, shoot) }];
}
