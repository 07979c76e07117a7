// The start of every page: styles, scheme, language, then the first component.
import '../design/index.css';
import { mount, type Component } from 'svelte';
import { firstLanguage, setLanguage } from './l10n.svelte';
import { applyScheme, storedScheme } from './theme';

/** Sets the page up and mounts `App`. `?theme=light|dark` and `?lang=` in the address win for this visit. */
export async function boot(App: Component): Promise<void> {
  const asked = new URLSearchParams(location.search).get('theme');
  if (asked === 'light' || asked === 'dark') document.documentElement.dataset.theme = asked;
  else applyScheme(storedScheme());
  try {
    await setLanguage(firstLanguage());
  } catch (thrown) {
    // A chunk that cannot be read must not stop the page: English is built in.
    console.error(thrown);
    await setLanguage('en');
  }
  const target = document.getElementById('app');
  if (target !== null) mount(App, { target });
}
