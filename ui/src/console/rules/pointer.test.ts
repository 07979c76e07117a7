// Places in a text by JSON pointer.
import { describe, expect, it } from 'vitest';
import { lineOf, stretchOf } from './pointer';

const text = `{
  "version": 2, "note": "a \\"}, [",
  "rules": [
    { "id": "one", "when": { "is": { "field": "brand", "in": ["a", "b"] } } },
    { "id": "t/w~o", "to": [] }
  ],
  "a/b": { "~": null }
}`;
const at = (pointer: string) => {
  const { from, to } = stretchOf(text, pointer);
  return text.slice(from, to);
};

describe('pointers', () => {
  it('lead to values of every kind', () => {
    expect(at('/version')).toBe('2');
    expect(at('/note')).toBe('"a \\"}, ["');
    expect(at('/rules/0/id')).toBe('"one"');
    expect(at('/rules/0/when/is/in/1')).toBe('"b"');
    expect(at('/rules/1')).toBe('{ "id": "t/w~o", "to": [] }');
    expect(at('/rules/1/to')).toBe('[]');
    expect(at('/a~1b/~0')).toBe('null');
    expect(at('')).toBe(text);
  });

  it('stop at the nearest part around what is missing', () => {
    expect(at('/rules/1/limits/0')).toBe('{ "id": "t/w~o", "to": [] }');
    expect(at('/rules/7')).toBe(at('/rules'));
    expect(at('/nothing')).toBe(text);
  });

  it('end with any text', () => {
    for (const broken of ['', '{', '{"rules": [', '[1, 2', '{"rules" 1}', '"', '{"a": "b', '}{', ',,']) {
      const { from, to } = stretchOf(broken, '/rules/0/to');
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(broken.length);
    }
  });

  it('count lines from one', () => {
    expect(lineOf(text, stretchOf(text, '/rules/1').from)).toBe(5);
    expect(lineOf(text, 0)).toBe(1);
  });
});
