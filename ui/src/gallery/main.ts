// Entry of the gallery: every component in all its states. Its samples are examples in English, not messages.
import { boot } from '../lib/boot';
import Gallery from './Gallery.svelte';

void boot(Gallery);
