// Where a JSON pointer (RFC 6901) leads in a text, so that a problem can be shown where it stands.

/** A stretch of a text: its first character and the first one after it. */
export interface Stretch {
  from: number;
  to: number;
}

/** Reads JSON just far enough to know where its parts are. */
class Scanner {
  at = 0;
  constructor(readonly text: string) {}

  blank(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? '!')) this.at += 1;
  }

  /** Steps over a string and gives what it says; null when none stands here. */
  word(): string | null {
    if (this.text[this.at] !== '"') return null;
    const from = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
    try {
      return JSON.parse(this.text.slice(from, this.at)) as string;
    } catch {
      return null;
    }
  }

  /** Steps over a value of any kind. */
  value(): void {
    let depth = 0;
    do {
      this.blank();
      const sign = this.text[this.at] ?? '';
      if (sign === '"') this.word();
      else if (sign === '{' || sign === '[') {
        depth += 1;
        this.at += 1;
      } else if (sign === '}' || sign === ']') {
        depth -= 1;
        this.at += 1;
      } else if (depth > 0 && (sign === ',' || sign === ':')) this.at += 1;
      else while (this.at < this.text.length && !',:{}[]" \t\r\n'.includes(this.text[this.at] ?? '')) this.at += 1;
    } while (depth > 0 && this.at < this.text.length);
  }

  /** Goes into the part of the object or list that stands here; false when there is no such part. */
  into(part: string): boolean {
    this.blank();
    const list = this.text[this.at] === '[';
    if (!list && this.text[this.at] !== '{') return false;
    this.at += 1;
    for (let number = 0; ; number += 1) {
      this.blank();
      const sign = this.text[this.at];
      if (sign === undefined || sign === ']' || sign === '}') return false;
      const name = list ? String(number) : this.word();
      if (!list) {
        this.blank();
        if (name === null || this.text[this.at] !== ':') return false;
        this.at += 1;
      }
      this.blank();
      if (name === part) return true;
      this.value();
      this.blank();
      if (this.text[this.at] !== ',') return false;
      this.at += 1;
    }
  }
}

/** Where a pointer leads. What is missing gives the nearest part around it; the whole text stands for a pointer to nowhere. */
export function stretchOf(text: string, pointer: string): Stretch {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const scanner = new Scanner(text);
  scanner.blank();
  let from = scanner.at;
  for (const part of parts) {
    if (!scanner.into(part)) break;
    from = scanner.at;
  }
  const end = new Scanner(text);
  end.at = from;
  end.value();
  return { from, to: Math.max(from, Math.min(end.at, text.length)) };
}

/** The line, from 1, that a character stands in. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}
