// Two tones, done and wrong, made by the browser. They can be turned off and made quieter; wrong also shows on screen,
// so silence loses nothing.

const enabledKey = 'carrot.sound';
const volumeKey = 'carrot.volume';

/** Which tone. */
export type Tone = 'done' | 'wrong';

interface Note {
  hertz: number;
  startS: number;
  lengthS: number;
}

const notes: Record<Tone, Note[]> = {
  done: [{ hertz: 1318, startS: 0, lengthS: 0.09 }],
  wrong: [{ hertz: 233, startS: 0, lengthS: 0.16 }, { hertz: 196, startS: 0.2, lengthS: 0.26 }],
};

let context: AudioContext | null = null;

/** True unless the person turned sounds off on this device. */
export function soundOn(): boolean {
  return localStorage.getItem(enabledKey) !== 'off';
}

/** Turns sounds on or off on this device. */
export function setSound(on: boolean): void {
  localStorage.setItem(enabledKey, on ? 'on' : 'off');
}

/** Volume in percent, 0 to 100; 60 until set. */
export function volume(): number {
  const stored = Number.parseInt(localStorage.getItem(volumeKey) ?? '', 10);
  return Number.isInteger(stored) && stored >= 0 && stored <= 100 ? stored : 60;
}

/** Sets the volume in percent; values outside 0 to 100 are pulled in. */
export function setVolume(percent: number): void {
  localStorage.setItem(volumeKey, String(Math.round(Math.min(100, Math.max(0, percent)))));
}

function play(audio: AudioContext, note: Note, loudness: number): void {
  const from = audio.currentTime + note.startS;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loudness, from + 0.008);
  gain.gain.setValueAtTime(loudness, from + note.lengthS - 0.03);
  gain.gain.linearRampToValueAtTime(0, from + note.lengthS);
  const oscillator = audio.createOscillator();
  oscillator.type = 'triangle';
  oscillator.frequency.value = note.hertz;
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + note.lengthS);
}

/** Plays a tone, or nothing when sounds are off or the device has none. Never throws: a sale does not wait for audio. */
export function sound(tone: Tone): void {
  if (!soundOn() || typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
    for (const note of notes[tone]) play(context, note, (volume() / 100) * 0.4);
  } catch (thrown) {
    console.warn('no sound', thrown);
  }
}
