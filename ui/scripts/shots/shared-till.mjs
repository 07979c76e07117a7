// A till of two programmes: the change, the questions, and what each keeps. Nothing is sold.
import { part, ready } from './page.mjs';

const own = '9520001990014';
const ofBoth = '9520001000201';

async function signIn(page, pin) {
  await part(page, 'pin').fill(pin);
  await part(page, 'sign-in').click();
  await part(page, 'scan-field').waitFor();
}

async function scan(page, text, answer) {
  await part(page, 'scan-field').fill(text);
  await page.keyboard.press('Enter');
  await part(page, answer).waitFor();
  await page.waitForTimeout(300);
}

/** Opens the list of programmes and chooses one of them. */
async function change(page, at) {
  await page.keyboard.press('F11');
  await page.getByTestId('programme-row').nth(at).click();
  await page.waitForTimeout(500);
}

/** From the first programme, with nobody signed in. */
async function begin(page) {
  await ready(page);
  if (await part(page, 'sign-out').count()) {
    await part(page, 'sign-out').click();
    await part(page, 'sign-out-confirm').click();
  }
  await part(page, 'pin').waitFor();
  await change(page, 0);
  if (await page.getByRole('dialog').count()) await page.keyboard.press('Escape');
}

async function panel(page, shoot, key, scene) {
  await page.keyboard.press('F11');
  await part(page, key).click();
  await page.waitForTimeout(300);
  await shoot(scene);
  await page.keyboard.press('Escape');
}

async function walk(stage, page, shoot) {
  await begin(page);
  await signIn(page, stage.shared.pin);
  await page.keyboard.press('F11');
  await page.waitForTimeout(300);
  await shoot('programmes');
  await page.keyboard.press('Escape');
  await scan(page, ofBoth, 'which-programme');
  await shoot('which');
  await page.getByTestId('programme-row').first().click();
  await part(page, 'line-row').waitFor();
  await scan(page, own, 'other-programme');
  await shoot('other');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F8');
  await page.waitForTimeout(200);
  await scan(page, own, 'carried');
  await shoot('sign-in');
  await signIn(page, stage.shared.second_pin);
  await part(page, 'line-row').waitFor();
  await page.waitForTimeout(300);
  await shoot('arrived');
  await page.keyboard.press('F8');
  await part(page, 'badge').click();
  await page.waitForTimeout(400);
  await shoot('queue');
  await page.keyboard.press('Escape');
  await panel(page, shoot, 'join-open', 'join');
  await panel(page, shoot, 'leave-programme-open', 'leave');
}

/** Scenes of the till that two programmes share. */
export function sharedTillScenes(stage) {
  const sizes = [{ width: 1366, height: 768 }, { width: 1024, height: 768 }];
  return [{ name: 'shared-till', url: stage.shared.url, sizes, walk: (page, shoot) => walk(stage, page, shoot) }];
}
