// The message files of one language, bundled as one chunk.
export default import.meta.glob<string>('../../locales/pl/*.ftl', { eager: true, query: '?raw', import: 'default' });
