// Scanners and people of the field: layouts, separators, wireless scanners, long codes, typing while scanning.
import { describe, expect, it } from 'vitest';
import { scanOfPaste, Wedge, type WedgeKey, type WedgeOutput } from './wedge';
import { after, record, type Layout, type Separator } from './wedge-streams';

/** Feeds keys, letting silence decide wherever it is due before the next key, as the page's timer would. */
function run(keys: readonly WedgeKey[]): { outputs: WedgeOutput[]; seen: WedgeKey[] } {
  const wedge = new Wedge();
  const outputs: WedgeOutput[] = [];
  const seen: WedgeKey[] = [];
  for (const key of keys) {
    if (wedge.dueAt !== null && wedge.dueAt <= key.t) outputs.push(...wedge.tick(wedge.dueAt));
    const step = wedge.key(key);
    outputs.push(...step.outputs);
    if (!step.hold && !['Shift', 'Control'].includes(key.key)) seen.push(key);
  }
  if (wedge.dueAt !== null) outputs.push(...wedge.tick(wedge.dueAt));
  return { outputs, seen };
}

const scans = (keys: readonly WedgeKey[]) => run(keys).outputs.flatMap((output) => (output.kind === 'scan' ? [output.text] : []));
const typed = (keys: readonly WedgeKey[]) =>
  run(keys).outputs.flatMap((output) => (output.kind === 'replay' ? output.keys.map((key) => key.key) : [])).join('');

const gs = '\u001d';
const marking = `010469025752852321G+mgsHw<DiLN_${gs}91EE05${gs}92b+/=b+/=b+/=b+/=b+/=b+/=b+/=b+/=b+/=b+/=b+/=`;
const link = 'https://id.gs1.org/01/09521234543213/21/AbC-12345?17=261231';
const receipt = 't=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1';

/** Gaps in milliseconds, as measured at the window. */
const pace = {
  usb: [4, 4, 5, 4, 8],
  usbOnABusyMachine: [1, 1, 2, 48, 1, 1, 1, 30],
  bluetoothClassic: [11, 12, 10, 14, 22, 11],
  // Several keys in a packet, then the radio's next interval.
  bluetoothLowEnergy: [2, 2, 3, 92, 2, 2, 2, 104, 3, 2, 2, 88],
  fastTypist: [72, 95, 61, 110, 84, 68, 99],
  champion: [48, 62, 39, 71, 44, 58, 66],
};

describe('a scanner under any layout', () => {
  const layouts: Layout[] = ['pl', 'ru', 'uk'];
  const texts: [string, string][] = [['marking code', marking], ['link', link], ['receipt', receipt], ['own code', 'MORGENRO-0123-4567-89AB-CDEF-G']];
  for (const layout of layouts) {
    for (const [name, text] of texts) {
      it(`reads a ${name} under ${layout}`, () => {
        for (const gaps of [pace.usb, pace.usbOnABusyMachine, pace.bluetoothClassic]) expect(scans(record(text, gaps, { layout }))).toEqual([text]);
      });
    }
  }

  it('means the separator by Ctrl and ], by F8 or by the character itself', () => {
    for (const separator of ['ctrl', 'f8', 'char'] satisfies Separator[]) {
      for (const layout of layouts) expect(scans(record(marking, pace.usb, { separator, layout }))).toEqual([marking]);
    }
  });

  it('may send the separator first, behind its AIM identifier', () => {
    const { outputs } = run(record(`]d2${gs}${marking}`, pace.usb, { separator: 'f8', layout: 'ru' }));
    expect(outputs).toEqual([{ kind: 'scan', text: `${gs}${marking}`, aim: ']d2', certain: true }]);
  });

  it('may end with Enter, Tab, two Enters or nothing, and none of them reaches the page', () => {
    for (const suffix of ['enter', 'tab', 'both', 'none'] as const) {
      const { outputs, seen } = run(record(receipt, pace.usb, { suffix }));
      expect([outputs.length, seen.length]).toEqual([1, 0]);
    }
  });
});

describe('a wireless scanner', () => {
  it('pauses between packets and is still one scan', () => {
    for (const text of [marking, link, receipt, '(01)09521234543213(10)ABC']) expect(scans(record(text, pace.bluetoothLowEnergy))).toEqual([text]);
  });

  it('may be as slow as it likes when it marks its scans', () => {
    expect(scans(record(`]C1${marking}`, [180, 140, 210]))).toEqual([marking]);
    const stx: WedgeKey = { code: 'KeyB', key: 'b', shift: false, ctrl: true, t: 0 };
    expect(scans([stx, ...record('4006381333931', [200], { start: 200 })])).toEqual(['4006381333931']);
  });

  it('has a trade item number accepted after the usual silence', () => {
    const wedge = new Wedge();
    const keys = record('4006381333931', pace.usb, { suffix: 'none' });
    for (const key of keys) wedge.key(key);
    expect(wedge.dueAt).toBe((keys.at(-1)?.t ?? 0) + 60);
  });
});

describe('a long code', () => {
  it('of the largest square code is one scan', () => {
    const text = 'CRS1.'.padEnd(2_953, 'Ab9_-');
    expect(scans(record(text, [2, 3]))).toEqual([text]);
  });
});

describe('a person', () => {
  it('typing fast, with Enter at the end, never makes a scan and loses no key', () => {
    for (const gaps of [pace.fastTypist, pace.champion]) {
      for (const layout of ['pl', 'ru', 'uk'] satisfies Layout[]) {
        for (const text of ['mette madsen 12', '4006381333931', 'https://example.com/a']) {
          const keys = record(text, gaps, { layout });
          expect(scans(keys)).toEqual([]);
          expect(typed(keys)).toBe(keys.filter((key) => [...key.key].length === 1).map((key) => key.key).join(''));
          expect(run(keys).seen.map((key) => key.key)).toEqual(['Enter']);
        }
      }
    }
  });

  it('pressing F8 or Ctrl with a letter alone keeps these keys', () => {
    const keys: WedgeKey[] = [
      { code: 'F8', key: 'F8', shift: false, t: 0 }, { code: 'KeyD', key: 'd', shift: false, ctrl: true, t: 500 },
      { code: 'BracketRight', key: ']', shift: false, ctrl: true, t: 900 }, { code: 'KeyC', key: 'c', shift: false, ctrl: true, t: 1_300 },
    ];
    const { outputs, seen } = run(keys);
    expect([outputs, seen.length]).toEqual([[], 4]);
  });

  it('writing a bracket waits a moment for it and gets it', () => {
    const keys = record('a ] b', [150], { suffix: 'none' });
    expect([scans(keys), typed(keys)]).toEqual([[], 'a ] b']);
  });
});

describe('typing while the other hand scans', () => {
  it('gives the typed keys back before the scan', () => {
    const keys = after(record('mett', pace.fastTypist, { suffix: 'none' }), 45, record(marking, pace.usb, { layout: 'pl' }));
    expect(scans(keys)).toEqual([marking]);
    expect(typed(keys)).toBe('mett');
    const kinds = run(keys).outputs.map((output) => output.kind);
    expect(kinds.at(-1)).toBe('scan');
  });

  it('goes on after the scan as if nothing had been', () => {
    const scanned = record('4006381333931', pace.bluetoothClassic);
    const keys = after(scanned, 180, record('12', [130], { suffix: 'none' }));
    expect([scans(keys), typed(keys)]).toEqual([['4006381333931'], '12']);
  });

  it('is told apart at every pause that is long enough', () => {
    for (const pauseMs of [32, 40, 50, 58]) {
      const keys = after(record('7', [1], { suffix: 'none' }), pauseMs, record(receipt, pace.usb));
      expect([scans(keys), typed(keys)]).toEqual([[receipt], '7']);
    }
  });
});

describe('a scan by the clipboard', () => {
  it('is one line, its end and its mark taken off', () => {
    expect(scanOfPaste(`]d2${marking}\r\n`)).toEqual({ kind: 'scan', text: marking, aim: ']d2', certain: true });
    expect(scanOfPaste(' 4006381333931\n')?.text).toBe('4006381333931');
  });

  it('is not what people copy: short words, several lines, nothing', () => {
    for (const text of ['', 'abc', ']C1', 'one line\nand another', 'x'.repeat(4_000)]) expect(scanOfPaste(text)).toBeNull();
  });
});
