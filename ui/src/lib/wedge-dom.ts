// The recogniser on a real window: listens before anything else, holds keys back, gives a person's keys back.
import { scanOfPaste, Wedge, type WedgeKey, type WedgeOutput } from './wedge';

/** A scan that arrived by keyboard. */
export interface WedgeScan {
  text: string;
  aim: string | null;
  certain: boolean;
}

type TextBox = HTMLInputElement | HTMLTextAreaElement;
const textTypes = new Set(['text', 'search', 'tel', 'url', 'password', 'email', 'number', '']);

function isTextBox(target: EventTarget | null): target is TextBox {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && textTypes.has(target.type);
}

/** Writes `text` where the caret stands, as typing would, and lets the page's own listeners know. */
function insertText(box: TextBox, text: string): void {
  if (box.disabled || box.readOnly) return;
  const start = box.selectionStart ?? box.value.length;
  const end = box.selectionEnd ?? box.value.length;
  const room = box.maxLength < 0 ? Infinity : box.maxLength - (box.value.length - (end - start));
  if (text.length > room) return;
  if (box.selectionStart === null) box.value += text;
  else box.setRangeText(text, start, end, 'end');
  box.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}

/**
 * Listens on the window until the returned function is called. `onScan` runs in the same turn as the last key.
 * While `enabled` returns false, keys pass untouched.
 */
export function attachWedge(onScan: (scan: WedgeScan) => void, enabled: () => boolean = () => true): () => void {
  const wedge = new Wedge();
  const replayed = new WeakSet<Event>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const giveBack = (key: WedgeKey) => {
    const target = document.activeElement ?? document.body;
    const init = { code: key.code, key: key.key, shiftKey: key.shift, ctrlKey: key.ctrl === true, bubbles: true, cancelable: true };
    const event = new KeyboardEvent('keydown', init);
    replayed.add(event);
    const open = target.dispatchEvent(event);
    if (open && isTextBox(target) && key.ctrl !== true && [...key.key].length === 1) insertText(target, key.key);
  };
  const act = (outputs: WedgeOutput[]) => {
    for (const output of outputs) {
      if (output.kind === 'scan') onScan(output);
      else output.keys.forEach(giveBack);
    }
    clearTimeout(timer);
    const due = wedge.dueAt;
    if (due !== null) timer = setTimeout(decide, Math.max(0, due - performance.now()) + 1);
  };
  // On a busy machine keys that were pressed in time may still queue behind this timer: they go first.
  const decide = () => {
    timer = setTimeout(() => act(wedge.tick(performance.now())), 0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (replayed.has(event) || event.isComposing || event.repeat || event.altKey || event.metaKey || !enabled()) return;
    // Space presses the focused button; no code begins with one, so it stays the page's.
    if (event.key === ' ' && wedge.dueAt === null && !isTextBox(event.target)) return;
    const step = wedge.key({ code: event.code, key: event.key, shift: event.shiftKey, ctrl: event.ctrlKey, t: event.timeStamp });
    if (step.hold) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    act(step.outputs);
  };
  const onBlur = () => act(wedge.flush());
  // Into a field a paste is the field's; anywhere else it can only be meant as a scan.
  const onPaste = (event: ClipboardEvent) => {
    if (isTextBox(event.target) || isTextBox(document.activeElement) || !enabled()) return;
    const scan = scanOfPaste(event.clipboardData?.getData('text/plain') ?? '');
    if (scan === null) return;
    event.preventDefault();
    act([...wedge.flush(), scan]);
  };

  window.addEventListener('keydown', onKey, { capture: true });
  window.addEventListener('blur', onBlur);
  window.addEventListener('paste', onPaste);
  return () => {
    clearTimeout(timer);
    act(wedge.flush());
    clearTimeout(timer);
    window.removeEventListener('keydown', onKey, { capture: true });
    window.removeEventListener('blur', onBlur);
    window.removeEventListener('paste', onPaste);
  };
}
