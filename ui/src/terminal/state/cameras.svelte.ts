// The till's camera: which one was chosen, its preview, and the codes that the core finds in its frames.
// In a browser the page itself takes the frames; in the terminal's window the program does (state/window-camera.ts).
import { toBase64 } from '../../lib/bytes';
import { call } from '../../lib/calls';
import { frameSidePxMax, RepeatGuard, type CameraState } from '../../lib/camera.svelte';
import { CallError, toCallError } from '../../lib/errors';
import { fit, jpegOf } from '../../lib/photo';
import { inTauri, platform } from '../../lib/platform';
import { closeWindowCamera, lookThrough, windowCameras } from './window-camera';

const chosenKey = 'carrot.till.camera';
const frameGapMs = 150;
const frameQuality = 0.85;

/** A camera that may be chosen; `label` is empty where the system keeps it to itself. */
export interface CameraChoice {
  id: string;
  label: string;
}

/** The id of the camera that was chosen on this device; empty for the first that there is. */
export function chosenCamera(): string {
  return localStorage.getItem(chosenKey) ?? '';
}

/** Keeps the choice of a camera on this device. */
export function chooseCamera(id: string): void {
  if (id === '') localStorage.removeItem(chosenKey);
  else localStorage.setItem(chosenKey, id);
}

/** The cameras of this device; empty where there is none or the system does not say. */
export async function listCameras(): Promise<CameraChoice[]> {
  try {
    if (inTauri()) return (await windowCameras()).map((camera) => ({ id: String(camera.index), label: camera.name }));
    if (!platform().camera.live) return [];
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter((device) => device.kind === 'videoinput').map((device) => ({ id: device.deviceId, label: device.label }));
  } catch {
    return [];
  }
}

/** One preview. Each code goes to `onText` once per look at it; `error` says why there is no picture. */
export class TillCamera {
  state = $state<CameraState>('off');
  error = $state.raw<CallError | null>(null);
  /** The picture of the window's camera as an address; null where a video element shows it. */
  picture = $state.raw<string | null>(null);
  /** True when the program takes the frames, not the page. */
  readonly ofWindow = inTauri();
  readonly #onText: (text: string) => void;
  readonly #guard = new RepeatGuard();
  readonly #canvas = document.createElement('canvas');
  #stream: MediaStream | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #closing: Promise<void> = Promise.resolve();

  constructor(onText: (text: string) => void) {
    this.#onText = onText;
  }

  /** Starts the preview and the reading; a refused or absent camera ends in `failed` with `no-camera`. */
  async start(video: HTMLVideoElement | undefined): Promise<void> {
    this.stop();
    const run = this.#run;
    this.state = 'starting';
    this.error = null;
    try {
      if (this.ofWindow) await this.#startWindow(run);
      else await this.#startPage(video, run);
    } catch (thrown) {
      if (run !== this.#run) return;
      this.stop();
      this.error = thrown instanceof CallError && thrown.code === 'no-camera' ? thrown : new CallError('no-camera', { detail: toCallError(thrown).params.detail ?? String(thrown) });
      this.state = 'failed';
    }
  }

  /** Ends everything and frees the camera. */
  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    if (this.#stream) endTracks(this.#stream);
    if (this.ofWindow && this.state !== 'off') this.#closing = closeWindowCamera();
    this.#stream = null;
    this.picture = null;
    this.state = 'off';
  }

  async #startWindow(run: number): Promise<void> {
    // The last one must be let go first, or letting go would end this one.
    await this.#closing;
    const cameras = await windowCameras();
    const wanted = cameras.find((camera) => String(camera.index) === chosenCamera()) ?? cameras[0];
    if (!wanted) throw new CallError('no-camera');
    if (run !== this.#run) return;
    await this.#windowFrame(wanted.index, run);
    this.#next(run, () => this.#windowFrame(wanted.index, run));
  }

  async #startPage(video: HTMLVideoElement | undefined, run: number): Promise<void> {
    if (!platform().camera.live || !video) throw new CallError('no-camera');
    const stream = await navigator.mediaDevices.getUserMedia({ video: wantedStream(), audio: false });
    if (run !== this.#run) return endTracks(stream);
    this.#stream = stream;
    video.srcObject = stream;
    await video.play();
    this.state = 'on';
    this.#next(run, () => this.#pageFrame(video));
  }

  /** One frame at a time: the next is taken only after the answer, so a slow core is never buried. */
  #next(run: number, frame: () => Promise<void>): void {
    if (run !== this.#run) return;
    this.#timer = setTimeout(() => {
      void frame()
        .catch((thrown: unknown) => this.#lose(thrown, run))
        .finally(() => this.#next(run, frame));
    }, frameGapMs);
  }

  /** A camera that stops in the middle shows why, and can be started again. */
  #lose(thrown: unknown, run: number): void {
    if (run !== this.#run) return;
    this.stop();
    this.error = toCallError(thrown);
    this.state = 'failed';
  }

  async #windowFrame(index: number, run: number): Promise<void> {
    const look = await lookThrough(index);
    if (run !== this.#run) return;
    this.picture = `data:image/jpeg;base64,${look.preview_base64}`;
    this.state = 'on';
    this.#tell(look.symbols);
  }

  async #pageFrame(video: HTMLVideoElement): Promise<void> {
    if (video.videoWidth === 0) return;
    const size = fit(video.videoWidth, video.videoHeight, frameSidePxMax);
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    this.#canvas.getContext('2d')?.drawImage(video, 0, 0, size.width, size.height);
    try {
      const picture = await jpegOf(this.#canvas, frameQuality);
      this.#tell(await call('read_image', { image_base64: toBase64(picture) }));
      this.error = null;
    } catch (thrown) {
      const problem = toCallError(thrown);
      // Most frames show no code; that is no error to a person who is still aiming.
      if (problem.code.replaceAll('_', '-') !== 'no-code-found') this.error = problem;
    }
  }

  #tell(symbols: readonly { text: string }[]): void {
    for (const symbol of symbols) {
      if (this.#guard.fresh(symbol.text, performance.now())) this.#onText(symbol.text);
    }
  }
}

function wantedStream(): MediaTrackConstraints {
  const id = chosenCamera();
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return id === '' ? { facingMode: 'environment', ...size } : { deviceId: { exact: id }, ...size };
}

function endTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
