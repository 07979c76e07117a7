// The gallery: every component in all its states, on the page that the terminal's screens carry.

/** Scenes of the gallery. */
export function galleryScenes(stage) {
  const url = new URL(stage.terminal.url);
  url.pathname = '/gallery.html';
  const walk = async (page, shoot) => {
    await page.waitForSelector('h1, h2');
    await shoot('top');
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const { height: step } = page.viewportSize();
    for (let at = step, part = 2; at < height && part <= 12; at += step, part += 1) {
      await page.evaluate((top) => scrollTo(0, top), at);
      await shoot(`part${String(part).padStart(2, '0')}`);
    }
  };
  return [{ name: 'gallery', url: url.href, sizes: [{ width: 1280, height: 900 }, { width: 390, height: 844 }], walk }];
}
