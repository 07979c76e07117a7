// Every golden vector through the engine as WebAssembly, in Node and in a headless browser: the answers
// must be those of the engine on this machine, byte for byte. Run from the repository's root, with the
// target `wasm32-unknown-unknown` installed: node tests/wasm/run.mjs
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineOf } from './engine.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, '../..');
const TARGET = 'wasm32-unknown-unknown';
const ANSWERS_BYTES_MAX = 1 << 28;
const SHOWN_MAX = 3;

function cargo(words, more = {}) {
  return execFileSync('cargo', words, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: ANSWERS_BYTES_MAX, ...more });
}

function vectors() {
  const folder = join(ROOT, 'tests/vectors');
  const files = readdirSync(join(folder, 'by_hand')).sort();
  const byHand = files.flatMap((file) => JSON.parse(readFileSync(join(folder, 'by_hand', file), 'utf8')));
  const generated = readFileSync(join(folder, 'generated.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  return [...byHand, ...generated];
}

function module() {
  cargo(['build', '--quiet', '--release', '--package', 'carrot-rules-wasm', '--lib', '--target', TARGET]);
  const told = JSON.parse(cargo(['metadata', '--no-deps', '--format-version', '1']));
  return readFileSync(join(told.target_directory, TARGET, 'release/carrot_rules_wasm.wasm'));
}

function native(documents) {
  const input = documents.map((text) => `${text}\n`).join('');
  const told = cargo(['run', '--quiet', '--package', 'carrot-rules-wasm', '--example', 'answers'], { input });
  return told.toString().trimEnd().split('\n');
}

/** The answers of a browser that gets the module, its host and the documents from a server here. */
async function inBrowser(bytes, documents) {
  const { chromium } = createRequire(join(ROOT, 'ui/package.json'))('playwright-core');
  const files = {
    '/': ['text/html', '<!doctype html><title>rules</title>'],
    '/engine.mjs': ['text/javascript', readFileSync(join(HERE, 'engine.mjs'))],
    '/engine.wasm': ['application/wasm', bytes],
    '/documents.json': ['application/json', JSON.stringify(documents)],
  };
  const server = createServer((request, response) => {
    const [type, body] = files[request.url] ?? [];
    response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' }).end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return await page.evaluate(async () => {
      const { engineOf } = await import('/engine.mjs');
      const dryRun = await engineOf(await (await fetch('/engine.wasm')).arrayBuffer());
      return (await (await fetch('/documents.json')).json()).map(dryRun);
    });
  } finally {
    await browser.close();
    server.close();
  }
}

function compare(where, cases, found, expected) {
  const wrong = cases.filter((_, place) => found[place] !== expected[place]);
  for (const { name } of wrong.slice(0, SHOWN_MAX)) console.log(`${where} differs: ${name}`);
  if (found.length !== cases.length || expected.length !== cases.length || wrong.length) {
    console.log(`${where}: ${wrong.length} of ${cases.length} differ (${found.length} and ${expected.length} answers)`);
    process.exit(1);
  }
  console.log(`ok  ${where}: ${cases.length} vectors, byte for byte`);
}

const cases = vectors();
const documents = cases.map(({ input }) => JSON.stringify(input));
const expected = native(documents);
const bytes = module();
compare('Node', cases, documents.map(await engineOf(bytes)), expected);
compare('browser', cases, await inBrowser(bytes, documents), expected);
console.log(`the module has ${bytes.length} bytes`);
