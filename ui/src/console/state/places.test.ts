// The menu of each role, and a word for each place in every language.
import { describe, expect, it } from 'vitest';
import { setLanguage, t } from '../../lib/l10n.svelte';
import { languages } from '../../lib/languages';
import { places, placesOf } from './places';

describe('places', () => {
  it('are those that the role may see', () => {
    expect(placesOf('manager')).toHaveLength(places.length);
    expect(placesOf('approver').map((place) => place.id)).not.toContain('audit');
    expect(placesOf('purchaser').map((place) => place.id)).toEqual(['sales', 'products']);
  });

  it.each(languages)('have a name in %s', async (language) => {
    await setLanguage(language);
    const names = places.map((place) => t(`console-nav-${place.id}`));
    expect(new Set(names).size).toBe(places.length);
  });
});
