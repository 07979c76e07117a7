// The message files of one language, bundled as one chunk.
export default import.meta.glob<string>('../../locales/sv/*.ftl', { eager: true, query: '?raw', import: 'default' });
