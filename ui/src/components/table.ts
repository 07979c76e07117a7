// Columns of a DataTable, and how its rows are filtered and put in order.

/** A column: `value` decides the order (numbers by size, text by language), `text` is what is shown and searched. */
export interface Column<Row> {
  key: string;
  label: string;
  numeric?: boolean;
  sortable?: boolean;
  value: (row: Row) => string | number;
  text?: (row: Row) => string;
}

/** Which column orders the rows, and which way. */
export interface Order {
  key: string;
  down: boolean;
}

/** What a cell shows. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  return column.text ? column.text(row) : String(column.value(row));
}

/** Rows in which every word of `query` occurs in some cell, without regard to case. */
export function filterRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], query: string): Row[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const all = columns.map((column) => cellText(column, row).toLocaleLowerCase()).join('\u0000');
    return words.every((word) => all.includes(word));
  });
}

/** Rows in the order asked for; equal rows keep their places. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null, locale: string): Row[] {
  const column = columns.find((candidate) => candidate.key === order?.key);
  if (!order || !column) return [...rows];
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  });
}

/** The order after a click on a header: up, then down, then as it came. */
export function nextOrder(order: Order | null, key: string): Order | null {
  if (order?.key !== key) return { key, down: false };
  return order.down ? null : { key, down: true };
}
