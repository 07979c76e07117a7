// The manager's console: sign-in and every place of its navigation.
import { part, ready } from './page.mjs';

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
  }
}

/** Scenes of the console. */
export function consoleScenes(stage) {
  const sizes = [{ width: 1366, height: 768 }, { width: 390, height: 844 }];
  return [{ name: 'console', url: stage.console.url, sizes, walk: (page, shoot) => walk(stage, page, shoot) }];
}
