// Enrolment of this terminal: in its first programme, or in one more.
import { call } from '../../lib/calls';
import { t } from '../../lib/l10n.svelte';
import { sound } from '../../lib/sound';
import type { Station } from './station.svelte';

/** The code, the terminal's name, and the wish to enrol. */
export class Joining {
  readonly #station: Station;
  code = $state('');
  name = $state(t('terminal-enrol-name-first'));
  busy = $state(false);

  constructor(station: Station) {
    this.#station = station;
  }

  /** Enrols with a scanned, typed or photographed code. True when the programme is there now. */
  async enrol(text: string): Promise<boolean> {
    const asked = text.trim();
    if (asked === '' || this.busy) return false;
    this.code = asked;
    this.busy = true;
    try {
      await this.#station.move(() => call('enrol', { code: asked, device_name: this.name.trim() }));
      sound('done');
      this.code = '';
      return true;
    } catch (thrown) {
      this.#station.fail(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
