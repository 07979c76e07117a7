// Takes a picture of every screen from a running demo and fails on clipped text or sideways scroll:
//   node ui/scripts/shots.mjs --out DIR --stage FILE [--quick] [--only NAME]
// FILE is JSON: console {url,user,password}, terminal {url,cashier,pin}, shared {url,pin,second_pin}, phones [{who,role,url}].
// --quick takes English, Ukrainian and the long English only, and one theme each.
import { mkdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { consoleScenes } from './shots/console.mjs';
import { faultsOf } from './shots/faults.mjs';
import { galleryScenes } from './shots/gallery.mjs';
import { phoneScenes } from './shots/phone.mjs';
import { sharedTillScenes } from './shots/shared-till.mjs';
import { terminalScenes } from './shots/terminal.mjs';

const { values: args } = parseArgs({
  options: { out: { type: 'string' }, stage: { type: 'string' }, quick: { type: 'boolean' }, only: { type: 'string' } },
});
if (!args.out || !args.stage) {
  console.error('usage: node ui/scripts/shots.mjs --out DIR --stage FILE [--quick] [--only NAME]');
  process.exit(2);
}

const stage = JSON.parse(await readFile(args.stage, 'utf8'));
const groups = [...galleryScenes(stage), ...terminalScenes(stage), ...sharedTillScenes(stage), ...phoneScenes(stage), ...consoleScenes(stage)].filter(
  (group) => !args.only || group.name.includes(args.only),
);
const languages = args.quick ? ['en', 'uk', 'en-XA'] : ['en', 'da', 'sv', 'pl', 'ru', 'uk', 'en-XA'];
const shades = ['light', 'dark'];
await mkdir(args.out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let pictures = 0;
const faults = [];

/** The address with language and theme; the token of a device's screens is in the hash. */
function address(url, language, theme) {
  const whole = new URL(url);
  whole.searchParams.set('lang', language);
  whole.searchParams.set('theme', theme);
  return whole.href;
}

async function walk(group, size, language, theme) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', colorScheme: theme });
  const page = await context.newPage();
  const name = (scene) => `${group.name}-${scene}-${size.width}x${size.height}-${language}-${theme}`;
  page.on('pageerror', (error) => faults.push(`${name('page')}: ${error.message}`));
  await page.goto(address(group.url, language, theme));
  const shoot = async (scene) => {
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${args.out}/${name(scene)}.png` });
    pictures += 1;
    for (const fault of await page.evaluate(faultsOf)) faults.push(`${name(scene)}: ${fault}`);
  };
  try {
    await group.walk(page, shoot);
  } catch (error) {
    await page.screenshot({ path: `${args.out}/${name('stuck')}.png` });
    faults.push(`${name('stuck')}: ${String(error.message).split('\n')[0]}`);
  }
  await context.close();
}

for (const group of groups) {
  for (const size of group.sizes) {
    for (const [index, language] of languages.entries()) {
      const themes = args.quick ? [shades[(index + group.sizes.indexOf(size)) % 2]] : shades;
      for (const theme of themes) await walk(group, size, language, theme);
    }
  }
  console.log(`${group.name}: ${pictures} pictures so far, ${faults.length} faults`);
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${pictures} pictures, ${faults.length} faults`);
process.exit(faults.length === 0 && pictures > 0 ? 0 : 1);
