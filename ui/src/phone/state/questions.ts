// The texts that a till and a phone show each other: which one is a till's question, and whose programme it names.
const questionStart = 'CRC1.';

/** True for a till's question to a member's phone. */
export function isQuestion(text: string): boolean {
  return text.trim().startsWith(questionStart);
}

/** The programme that such a text names, in small letters; empty when it names none. */
export function tagOf(text: string): string {
  return (text.trim().split('.')[1] ?? '').toLowerCase();
}
