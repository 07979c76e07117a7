// The message files of one language, bundled as one chunk.
export default import.meta.glob<string>('../../locales/en/*.ftl', { eager: true, query: '?raw', import: 'default' });
