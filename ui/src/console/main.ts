// Entry of the console page.
import { boot } from '../lib/boot';
import App from './App.svelte';

void boot(App);
