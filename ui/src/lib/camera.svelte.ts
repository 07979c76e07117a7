// The live camera: preview, frames as JPEG to the core's `read_image`, and a guard against reading one code twice.
import { sha256Hex, toBase64 } from './bytes';
import { CallError, toCallError } from './errors';
import { frameSidePxMax, RepeatGuard } from './frames';
import type { SymbolView } from './generated/SymbolView';
import { jpegOf, photoSidePxMax, type Photo } from './photo';
import type { Platform } from './platform';
import { fit } from './size';

export { frameSidePxMax, RepeatGuard, repeatGuardMs } from './frames';

/** How the camera stands. */
export type CameraState = 'off' | 'starting' | 'on' | 'failed';

const frameGapMs = 120;
/** Finer than a photo's: edges of bars matter more here than bytes. */
const frameQuality = 0.92;

/** One camera with its preview. `onCode` gets each fresh code; failures of frames end in `error`. */
export class Camera {
  state = $state<CameraState>('off');
  error = $state.raw<CallError | null>(null);
  readonly #platform: Platform;
  readonly #onCode: (text: string, format: string) => void;
  readonly #guard = new RepeatGuard();
  readonly #canvas = document.createElement('canvas');
  #stream: MediaStream | null = null;
  #video: HTMLVideoElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  constructor(platform: Platform, onCode: (text: string, format: string) => void) {
    this.#platform = platform;
    this.#onCode = onCode;
  }

  /** Starts the preview in `video`; with `scanning` frames go to the core. Refusal ends in `failed` with `no-camera`. */
  async start(video: HTMLVideoElement, scanning = true): Promise<void> {
    this.stop();
    const run = this.#run;
    this.state = 'starting';
    this.error = null;
    try {
      if (!this.#platform.camera.live) throw new CallError('no-camera');
      const wanted = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      if (run !== this.#run) return endStream(stream);
      this.#stream = stream;
      this.#video = video;
      video.srcObject = stream;
      video.muted = true;
      video.playsInline = true;
      await video.play();
      this.state = 'on';
      if (scanning) this.#next(run);
    } catch (thrown) {
      if (run !== this.#run) return;
      this.stop();
      this.error = thrown instanceof CallError ? thrown : new CallError('no-camera', { detail: String(thrown) });
      this.state = 'failed';
    }
  }

  /** Ends preview and scanning and frees the camera. */
  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
    endStream(this.#stream);
    if (this.#video !== null) this.#video.srcObject = null;
    this.#stream = null;
    this.#video = null;
    this.state = 'off';
  }

  /** The picture of this moment as a photo of at most 1600 pixels; `no-camera` when the camera is not on. */
  async takePhoto(): Promise<Photo> {
    const size = this.#draw(photoSidePxMax);
    if (size === null) throw new CallError('no-camera');
    const bytes = await jpegOf(this.#canvas, 0.8);
    return { bytes, ...size, sha256: await sha256Hex(bytes) };
  }

  #draw(sideMax: number): { width: number; height: number } | null {
    const video = this.#video;
    if (video === null || video.videoWidth === 0) return null;
    const size = fit(video.videoWidth, video.videoHeight, sideMax);
    this.#canvas.width = size.width;
    this.#canvas.height = size.height;
    this.#canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, size.width, size.height);
    return size;
  }

  /** One frame at a time: the next is taken only after the answer, so a slow core is never buried. */
  #next(run: number): void {
    this.#timer = setTimeout(() => {
      void this.#frame().finally(() => {
        if (run === this.#run) this.#next(run);
      });
    }, frameGapMs);
  }

  async #frame(): Promise<void> {
    const size = this.#draw(frameSidePxMax);
    if (size === null) return;
    try {
      const image_base64 = toBase64(await jpegOf(this.#canvas, frameQuality));
      const symbols = await this.#platform.call<SymbolView[]>('read_image', { image_base64 });
      this.error = null;
      for (const symbol of symbols) {
        if (this.#guard.fresh(symbol.text, performance.now())) this.#onCode(symbol.text, symbol.format);
      }
    } catch (thrown) {
      const problem = toCallError(thrown);
      // Most frames show no code; that is no error to a person who is still aiming.
      if (problem.code.replaceAll('_', '-') !== 'no-code-found') this.error = problem;
    }
  }
}

function endStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
