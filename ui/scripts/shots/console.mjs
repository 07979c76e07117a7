// The manager's console: sign-in and every place of its navigation.
import { part, ready, visit } from './page.mjs';

/** A draft of the rules: with a problem, as it can be published, and replayed over the demo's past. */
async function rules(page, shoot) {
  const tab = (name) => page.locator(`[role="tab"][data-id="${name}"]`).click();
  await tab('versions');
  await page.waitForTimeout(300);
  await shoot('rules-versions');
  await tab('draft');
  await shoot('rules-draft');
  await part(page, 'draft-begin').click();
  const good = await part(page, 'draft-text').inputValue();
  const set = JSON.parse(good);
  set.rules.push({ id: 'brand', trigger: 'sale', effect: { per_unit: { points: 25 } }, to: [{ who: 'seller', share_bp: 9000 }] });
  await part(page, 'draft-text').fill(JSON.stringify(set, null, 2));
  await part(page, 'draft-check').click();
  await part(page, 'problem-jump').click();
  await part(page, 'checked').scrollIntoViewIfNeeded();
  await shoot('rules-problems');
  set.rules.at(-1).to[0].share_bp = 10_000;
  set.rules.at(-1).limits = [{ per: 'person', within: 'day', points_max: 200 }];
  await part(page, 'draft-text').fill(JSON.stringify(set, null, 2));
  await part(page, 'draft-check').click();
  await page.waitForSelector('[data-testid="checked"][data-publishable="true"]');
  const started = page.waitForResponse((answer) => answer.url().endsWith('/rules/replay') && answer.request().method() === 'POST');
  await part(page, 'draft-replay').click();
  await started;
  await page.waitForTimeout(100);
  await page.waitForSelector('[data-testid="replay"][data-phase="done"]');
  await part(page, 'replay').evaluate((node) => node.scrollIntoView());
  await shoot('rules-replay');
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await shoot('rules-replay-end');
  await part(page, 'draft-publish').click();
  await shoot('rules-publish');
  await page.keyboard.press('Escape');
}

/** A series with what can be done to it, up to the key that would do it, and a code looked up. */
async function codes(page, shoot) {
  const act = async (name, more = async () => {}) => {
    await part(page, `series-${name}`).click();
    await more();
    await part(page, `${name}-go`).scrollIntoViewIfNeeded();
    await shoot(`series-${name}`);
    await page.getByTestId(name).getByRole('button').first().click();
  };
  await visit(page, '#codes/duo-pallets');
  await part(page, 'series-bar').waitFor();
  await shoot('series');
  await act('ship', () => part(page, 'part-whole').click());
  await act('sheet');
  await act('export');
  await act('void', async () => {
    await part(page, 'void-reason').fill('ABC 123');
    await part(page, 'void-go').click();
  });
  await visit(page, '#codes');
  await part(page, 'series-new').click();
  await part(page, 'make-kind').selectOption('signed');
  await part(page, 'make-submit').click();
  await shoot('series-make');
  await page.keyboard.press('Escape');
  await visit(page, '#codes/find/duo-pallets:0:17');
  await part(page, 'code-found').waitFor();
  await shoot('code-found');
}

/** The names on receipts and the tax service; the queue itself is the place's first picture. */
async function receipts(page, shoot) {
  await visit(page, '#receipts/names');
  await part(page, 'alias-name').waitFor();
  await shoot('receipt-names');
  await visit(page, '#receipts/source');
  await part(page, 'source-save').waitFor();
  await part(page, 'source-save').scrollIntoViewIfNeeded();
  await shoot('receipt-source');
}

async function walk(stage, page, shoot) {
  await part(page, 'login-user').waitFor();
  await shoot('sign-in');
  await part(page, 'login-user').fill(stage.console.user);
  await part(page, 'login-password').fill(stage.console.password);
  await part(page, 'login-submit').click();
  await ready(page);
  const found = await page.getByTestId(/^nav-/).evaluateAll((items) => items.map((item) => item.dataset.testid));
  for (const name of new Set(found.filter((each) => each !== 'nav-menu'))) {
    // On a narrow window the navigation is a drawer.
    if (!(await part(page, name).isVisible())) await part(page, 'nav-menu').click();
    await part(page, name).click();
    await page.waitForTimeout(500);
    await shoot(name.slice('nav-'.length));
    if (name === 'nav-rules') await rules(page, shoot);
    if (name === 'nav-codes') await codes(page, shoot);
    if (name === 'nav-receipts') await receipts(page, shoot);
  }
}

/** Scenes of the console. */
export function consoleScenes(stage) {
  const sizes = [{ width: 1366, height: 768 }, { width: 390, height: 844 }];
  return [{ name: 'console', url: stage.console.url, sizes, walk: (page, shoot) => walk(stage, page, shoot) }];
}
