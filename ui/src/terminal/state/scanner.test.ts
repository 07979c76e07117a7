// Torn scans: which typed characters belong to the scan that follows.
import { describe, expect, it } from 'vitest';
import { Run } from './scanner';

function typed(run: Run, box: { value: string }, text: string, atMs: number): void {
  for (const char of text) {
    box.value += char;
    run.note(box, char, atMs);
  }
}

describe('the head of a torn scan', () => {
  it('is what came into the focused field just before', () => {
    const run = new Run();
    const box = { value: 'abc' };
    run.note(box, null, 0);
    typed(run, box, '95', 1_000);
    expect(run.head('20001000010', box, 1_150)).toBe('95');
  });

  it('is empty when the typing was too long ago', () => {
    const run = new Run();
    const box = { value: '' };
    typed(run, box, '95', 1_000);
    expect(run.head('2000', box, 1_400)).toBe('');
  });

  it('is empty in another field', () => {
    const run = new Run();
    const box = { value: '' };
    typed(run, box, '95', 1_000);
    expect(run.head('20001000010', { value: '95' }, 1_100)).toBe('');
  });

  it('is empty for more than a few characters: a person typed them', () => {
    const run = new Run();
    const box = { value: '' };
    typed(run, box, 'espresso beans', 1_000);
    expect(run.head('9520001000010', box, 1_100)).toBe('');
  });

  it('is empty after a deletion, and is given out once', () => {
    const run = new Run();
    const box = { value: '' };
    typed(run, box, '9', 1_000);
    run.note(box, null, 1_010);
    expect(run.head('5200', box, 1_050)).toBe('');
    typed(run, box, '9', 2_000);
    expect(run.head('5200', box, 2_050)).toBe('9');
    expect(run.head('5200', box, 2_060)).toBe('');
  });
});
