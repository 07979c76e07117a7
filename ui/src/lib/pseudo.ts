// The pseudo-language: English letters with accents, each text a third longer. It shows what is not translated
// and what has no room for a longer language.

const accents: Record<string, string> = {
  a: 'á', b: 'ƀ', c: 'ç', d: 'đ', e: 'é', f: 'ƒ', g: 'ǧ', h: 'ħ', i: 'í', j: 'ĵ', k: 'ķ', l: 'ľ', m: 'ɱ',
  n: 'ñ', o: 'ó', p: 'ƥ', q: 'ɋ', r: 'ř', s: 'š', t: 'ţ', u: 'ú', v: 'ṽ', w: 'ŵ', x: 'ẋ', y: 'ý', z: 'ž',
};

/** `text` with accents, lengthened by a third (rounded up) by doubling vowels first, then by a tail. */
export function pseudo(text: string): string {
  const letters = [...text].filter((c) => c.toLowerCase() in accents).length;
  let extra = Math.ceil(letters / 3);
  let out = '';
  for (const char of text) {
    const accent = accents[char.toLowerCase()];
    if (accent === undefined) {
      out += char;
      continue;
    }
    const letter = char === char.toLowerCase() ? accent : accent.toUpperCase();
    out += letter;
    if (extra > 0 && 'aeiouy'.includes(char.toLowerCase())) {
      out += accent;
      extra -= 1;
    }
  }
  return out + '·'.repeat(extra);
}
