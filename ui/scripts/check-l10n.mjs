// Checks the message files: every id in all six languages, with the same attributes and variables, and every id that
// the source asks for by name is there. Prints each problem and ends with 1 when there is any.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, Visitor } from '@fluent/syntax';

const root = fileURLToPath(new URL('..', import.meta.url));
const languages = ['en', 'da', 'sv', 'pl', 'ru', 'uk'];
const files = ['common.ftl', 'errors.ftl', 'terminal.ftl', 'phone.ftl', 'console.ftl', 'codes.ftl', 'receipts.ftl', 'offline.ftl', 'reasons.ftl'];
const problems = [];

/** Plural categories that a selector on a number must spell out. */
const plurals = { en: ['one'], da: ['one'], sv: ['one'], pl: ['one', 'few'], ru: ['one', 'few'], uk: ['one', 'few'] };

class Inspector extends Visitor {
  constructor(language, where) {
    super();
    this.variables = new Set();
    this.language = language;
    this.where = where;
  }
  visitVariableReference(node) {
    this.variables.add(node.id.name);
  }
  visitSelectExpression(node) {
    const keys = node.variants.map((variant) => variant.key.name ?? variant.key.value);
    const plural = keys.some((key) => ['one', 'few', 'many'].includes(key));
    const missing = plural ? plurals[this.language].filter((key) => !keys.includes(key)) : [];
    if (missing.length > 0) problems.push(`${this.where}: no plural form ${missing.join(', ')}`);
    this.genericVisit(node);
  }
}

function variablesOf(pattern, language, where) {
  const inspector = new Inspector(language, where);
  inspector.visit(pattern);
  return [...inspector.variables].sort().join(' ');
}

/** Map of `id` and `id.attribute` to `file: variables` for one language. */
function readLanguage(language) {
  const found = new Map();
  for (const file of files) {
    const where = `locales/${language}/${file}`;
    let text = '';
    try {
      text = readFileSync(join(root, where), 'utf8');
    } catch {
      problems.push(`${where}: missing`);
    }
    for (const entry of parse(text, {}).body) {
      if (entry.type === 'Junk') problems.push(`${where}: cannot be read near "${entry.content.slice(0, 60).trim()}"`);
      if (entry.type !== 'Message') continue;
      const parts = [[entry.id.name, entry.value], ...entry.attributes.map((a) => [`${entry.id.name}.${a.id.name}`, a.value])];
      for (const [id, pattern] of parts) {
        if (found.has(id)) problems.push(`${where}: "${id}" is there twice`);
        if (pattern) found.set(id, `${file}: ${variablesOf(pattern, language, `${where} ${id}`)}`);
      }
    }
  }
  return found;
}

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|svelte)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield path;
  }
}

const all = new Map(languages.map((language) => [language, readLanguage(language)]));
const english = all.get('en');
for (const [language, messages] of all) {
  for (const [id, shape] of english) {
    if (!messages.has(id)) problems.push(`${language}: "${id}" is missing`);
    else if (messages.get(id) !== shape) problems.push(`${language}: "${id}" has [${messages.get(id)}], English has [${shape}]`);
  }
  for (const id of messages.keys()) if (!english.has(id)) problems.push(`${language}: "${id}" is not in English`);
}

let used = 0;
for (const path of sources(join(root, 'src'))) {
  const text = readFileSync(path, 'utf8');
  for (const [, id] of text.matchAll(/\b(?:t|tryText|hasMessage)\(\s*['"]([a-z0-9.-]+)['"]/g)) {
    used += 1;
    if (!english.has(id)) problems.push(`${path.slice(root.length)}: uses "${id}", which has no message`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`${english.size} messages in ${languages.length} languages, ${used} uses by name, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
