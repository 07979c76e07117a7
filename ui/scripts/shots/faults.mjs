// Runs inside the page: what a person could not read. Sideways scroll of the page, and text that its
// own box or a box around it cuts off. Text that may end in dots says so with `text-overflow: ellipsis`
// and must still show most of itself.

/** Sentences about what is wrong on the page as it stands. */
export function faultsOf() {
  const faults = [];
  const root = document.scrollingElement ?? document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    faults.push(`sideways scroll: ${root.scrollWidth} in ${root.clientWidth} px`);
  }
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const named = (element, text) => `<${element.tagName.toLowerCase()} class="${element.className}"> “${text.slice(0, 50)}”`;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const parent = node.parentElement;
    if (text === '' || !parent || !shown(parent) || parent.closest('[aria-hidden="true"], .visually-hidden, .sr, script, style, svg')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    if (!parent.closest('.mono, code')) for (const word of node.textContent.matchAll(/\p{Letter}{3,}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const rows = new Set([...range.getClientRects()].filter((rect) => rect.width > 0).map((rect) => Math.round(rect.top)));
      if (rows.size > 1) faults.push(`broken word “${word[0]}” in ${named(parent, text)}`);
    }
    for (let around = parent; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.position === 'fixed') break;
      if (['auto', 'scroll'].includes(style.overflowX) || ['auto', 'scroll'].includes(style.overflowY)) break;
      if (!['hidden', 'clip'].includes(style.overflowX) && !['hidden', 'clip'].includes(style.overflowY)) continue;
      const edge = around.getBoundingClientRect();
      if (edge.width <= 2 || edge.height <= 2) break; // kept for screen readers only
      const wide = box.right > edge.right + 1.5 || box.left < edge.left - 1.5;
      const high = box.bottom > edge.bottom + 3 || box.top < edge.top - 3;
      if (wide && style.textOverflow === 'ellipsis') {
        if (edge.width < box.width * 0.45) faults.push(`too little is left of ${named(parent, text)}`);
      } else if (wide || high) {
        faults.push(`cut off: ${named(parent, text)}`);
      }
      break;
    }
  }
  return faults;
}
