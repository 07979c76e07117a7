//! SQLite's words said to PostgreSQL.
//!
//! | written | PostgreSQL reads |
//! |---|---|
//! | `?`, `?2`, `$2` | `$1`, `$2`, `$2` |
//! | `json_extract(body, '$.name')` | the field as text, number or truth, by [`NUMBERS`] and [`TRUTHS`] |
//! | `json_each(list) AS each` | the list's items with `key`, `value` (JSON) and `atom` (text) |
//! | `group_concat(a, b)` | `string_agg(a, b)` |
//! | `char(31)`, `instr(a, b)` | `chr(31)`, `strpos(a, b)` |
//! | `MAX(a, b)`, `MIN(a, b)` | `GREATEST(a, b)`, `LEAST(a, b)` |
//! | `SUM(a)` | the same as a whole number of 64 bits |
//! | `SELECT 1` | the same as a whole number of 64 bits |
//! | `LIKE ?` | `ILIKE $1`: both ignore the case of letters |
//! | `FROM t INDEXED BY i`, `CROSS JOIN … ON` | nothing, `JOIN … ON`: its planner decides |
//!
//! Everything else is said alike to both.

/// Fields of documents that are whole numbers.
const NUMBERS: [&str; 15] = [
    "amount_minor",
    "at_ms",
    "below",
    "buyer_points",
    "closed_ms",
    "ends_ms",
    "expires_ms",
    "made_ms",
    "own",
    "pieces",
    "points",
    "seller_points",
    "returned",
    "total_minor",
    "version",
];
/// Fields of documents that are true or false.
const TRUTHS: [&str; 2] = ["shipped", "void"];

/// The statement as PostgreSQL reads it.
pub(super) fn postgres(text: &str) -> String {
    let mut said = Said {
        out: String::with_capacity(text.len() + 64),
        values: 0,
    };
    said.say(text);
    said.out
}

/// What was said so far.
struct Said {
    out: String,
    /// Values without a number so far.
    values: usize,
}

impl Said {
    fn say(&mut self, text: &str) {
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            rest = if next == '\'' || next == '"' {
                self.copy(rest, quoted(rest, next))
            } else if next == '?' {
                self.value(&rest[1..])
            } else if next.is_ascii_alphabetic() || next == '_' {
                self.word(rest)
            } else if next == '$' || next.is_ascii_digit() {
                // A number, or the place of a value with a number: never the start of a word.
                self.copy(rest, 1 + run(&rest[1..]))
            } else {
                self.copy(rest, next.len_utf8())
            };
        }
    }

    fn copy<'t>(&mut self, rest: &'t str, bytes: usize) -> &'t str {
        let (copied, after) = rest.split_at(bytes);
        self.out.push_str(copied);
        after
    }

    /// The place of a value, after its question mark.
    fn value<'t>(&mut self, rest: &'t str) -> &'t str {
        let digits = run(rest);
        self.out.push('$');
        if digits > 0 {
            return self.copy(rest, digits);
        }
        self.values += 1;
        self.out.push_str(&self.values.to_string());
        rest
    }

    fn word<'t>(&mut self, rest: &'t str) -> &'t str {
        let (word, after) = rest.split_at(run(rest));
        if self.out.ends_with('.') {
            self.out.push_str(word);
            return after;
        }
        if let Some((inside, behind)) = call(after)
            && let Some(behind) = self.function(word, inside, behind)
        {
            return behind;
        }
        match word {
            "INDEXED" => return skip_words(after, 2).trim_start(),
            "CROSS" => return after.trim_start(),
            "LIKE" if is_value(after) => self.out.push_str("ILIKE"),
            "SELECT" if number(after).is_some() => {
                self.out.push_str("SELECT ");
                let (digits, behind) = number(after).unwrap_or_default();
                self.out.push_str(digits);
                self.out.push_str("::bigint");
                return behind;
            }
            _ => self.out.push_str(word),
        }
        after
    }

    /// A call of a function that is called otherwise; answers what follows it.
    fn function<'t>(&mut self, name: &str, inside: &str, behind: &'t str) -> Option<&'t str> {
        let parts = parts(inside);
        match (name, parts.as_slice()) {
            ("json_extract", [body, path]) => self.field(body, path)?,
            ("json_each", [list]) => return self.each(list, None, behind),
            ("json_each", [body, path]) => return self.each(body, Some(path), behind),
            ("group_concat", [_, _]) => self.call("string_agg", inside),
            ("char", [_]) => self.call("chr", inside),
            ("instr", [_, _]) => self.call("strpos", inside),
            ("MAX" | "max", [_, _, ..]) => self.call("GREATEST", inside),
            ("MIN" | "min", [_, _, ..]) => self.call("LEAST", inside),
            ("SUM" | "sum", [_]) if !is_window(behind) => {
                self.out.push_str("CAST(");
                self.call("SUM", inside);
                self.out.push_str(" AS BIGINT)");
            }
            _ => return None,
        }
        Some(behind)
    }

    fn call(&mut self, name: &str, inside: &str) {
        self.out.push_str(name);
        self.out.push('(');
        self.say(inside);
        self.out.push(')');
    }

    /// A field of a document, or nothing when the path is not one name.
    fn field(&mut self, body: &str, path: &str) -> Option<()> {
        let name = path
            .trim()
            .strip_prefix("'$.")?
            .strip_suffix('\'')
            .filter(|name| name.len() == run(name))?;
        self.out
            .push_str(if TRUTHS.contains(&name) { "(((" } else { "((" });
        self.say(body);
        self.out.push_str("::json->>'");
        self.out.push_str(name);
        self.out.push_str("')");
        self.out.push_str(match name {
            name if NUMBERS.contains(&name) => "::bigint)",
            name if TRUTHS.contains(&name) => "::boolean)::int)",
            _ => ")",
        });
        Some(())
    }

    /// The items of a list, or of the list or object in a document's field, under the alias behind.
    fn each<'t>(&mut self, list: &str, path: Option<&str>, behind: &'t str) -> Option<&'t str> {
        let mut json = Said {
            out: String::new(),
            values: self.values,
        };
        json.say(list);
        self.values = json.values;
        let json = match path {
            None => format!("{}::jsonb", json.out),
            Some(path) => {
                let name = path.trim().strip_prefix("'$.")?.strip_suffix('\'')?;
                format!("({}::jsonb->'{name}')", json.out)
            }
        };
        // A list may be missing; an object's values are its items.
        self.out.push_str(&format!(
            "LATERAL (SELECT number - 1 AS key, value, value #>> '{{}}' AS atom FROM jsonb_array_elements(\
             CASE jsonb_typeof({json}) WHEN 'array' THEN {json} WHEN 'object' \
             THEN jsonb_path_query_array({json}, '$.*') ELSE '[]'::jsonb END) \
             WITH ORDINALITY AS item (value, number))"
        ));
        Some(behind)
    }
}

/// Bytes of the word or number that the text begins with.
fn run(text: &str) -> usize {
    text.find(|next: char| !next.is_ascii_alphanumeric() && next != '_')
        .unwrap_or(text.len())
}

/// Bytes of the quoted piece that the text begins with. A doubled mark begins the next piece.
fn quoted(text: &str, mark: char) -> usize {
    text[1..].find(mark).map_or(text.len(), |at| at + 2)
}

/// The inside of the brackets that the text begins with, and what follows them.
fn call(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('(')?;
    let (mut depth, mut at) = (0_usize, 0_usize);
    while let Some(next) = inside[at..].chars().next() {
        match next {
            '\'' | '"' => {
                at += quoted(&inside[at..], next);
                continue;
            }
            '(' => depth += 1,
            ')' if depth == 0 => return Some((&inside[..at], &inside[at + 1..])),
            ')' => depth -= 1,
            _ => {}
        }
        at += next.len_utf8();
    }
    None
}

/// The arguments of a call.
fn parts(inside: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth, mut at) = (Vec::new(), 0_usize, 0_usize, 0_usize);
    while let Some(next) = inside[at..].chars().next() {
        match next {
            '\'' | '"' => {
                at += quoted(&inside[at..], next);
                continue;
            }
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        at += next.len_utf8();
    }
    parts.push(&inside[from..]);
    parts
}

/// True when the next thing is the place of a value.
fn is_value(text: &str) -> bool {
    text.trim_start().starts_with(['?', '$'])
}

/// True when a sum is narrowed or runs over a window.
fn is_window(text: &str) -> bool {
    let next = text.trim_start();
    next.starts_with("OVER") || next.starts_with("FILTER")
}

/// The whole number that comes next, and what follows it.
fn number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let digits = run(text);
    let (number, after) = text.split_at(digits);
    let whole = digits > 0 && number.bytes().all(|byte| byte.is_ascii_digit());
    (whole && !after.starts_with('.')).then_some((number, after))
}

/// What follows the next words.
fn skip_words(text: &str, words: usize) -> &str {
    let mut rest = text;
    for _ in 0..words {
        rest = rest.trim_start();
        rest = &rest[run(rest)..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::postgres;

    #[track_caller]
    fn says(written: &str, read: &str) {
        assert_eq!(postgres(written), read);
    }

    #[test]
    fn values_get_numbers() {
        says("a = ? AND b = ?", "a = $1 AND b = $2");
        says("a = ?2 AND b = ?1", "a = $2 AND b = $1");
        says("a = $2 AND b = $1", "a = $2 AND b = $1");
        says("($5, ?, ?), ($5, ?, ?)", "($5, $1, $2), ($5, $3, $4)");
        says("a = '?' AND \"b?\" = ?", "a = '?' AND \"b?\" = $1");
        says("a = 'it''s ?' || ?", "a = 'it''s ?' || $1");
    }

    #[test]
    fn fields_of_documents_have_their_types() {
        says(
            "json_extract(e.body, '$.status') = ?",
            "((e.body::json->>'status')) = $1",
        );
        says(
            "json_extract(body, '$.at_ms') < ?",
            "((body::json->>'at_ms')::bigint) < $1",
        );
        says(
            "json_extract(body, '$.void') = 1",
            "(((body::json->>'void')::boolean)::int) = 1",
        );
    }

    #[test]
    fn functions_have_other_names() {
        says(
            "group_concat(a || char(31), ', ' ORDER BY b)",
            "string_agg(a || chr(31), ', ' ORDER BY b)",
        );
        says("MAX(a), MAX(a, b)", "MAX(a), GREATEST(a, b)");
        says("SUM(a)", "CAST(SUM(a) AS BIGINT)");
        says("SUM(a) OVER (ORDER BY b)", "SUM(a) OVER (ORDER BY b)");
        says(
            "COALESCE(SUM(json_extract(body, '$.points')), 0)",
            "COALESCE(CAST(SUM(((body::json->>'points')::bigint)) AS BIGINT), 0)",
        );
        says("SELECT 1 FROM t", "SELECT 1::bigint FROM t");
        says("SELECT 1.5, a1 FROM t1", "SELECT 1.5, a1 FROM t1");
    }

    #[test]
    fn hints_are_not_said_and_likeness_ignores_case() {
        says(
            "FROM a INDEXED BY i CROSS JOIN b ON c",
            "FROM a JOIN b ON c",
        );
        says("a LIKE ? OR b LIKE 'x:%'", "a ILIKE $1 OR b LIKE 'x:%'");
    }

    #[test]
    fn items_of_lists_have_number_value_and_text() {
        let said = postgres("FROM json_each(?2) AS asked WHERE asked.atom = ?1");
        assert!(
            said.starts_with("FROM LATERAL (SELECT number - 1"),
            "{said}"
        );
        assert!(said.ends_with(") AS asked WHERE asked.atom = $1"), "{said}");
        let said = postgres("json_each(who.body, '$.jobs') AS job");
        assert!(said.contains("(who.body::jsonb->'jobs')"), "{said}");
        let said = postgres("json_each(?) AS a JOIN b ON c = ?");
        assert!(
            said.contains("$1::jsonb") && said.ends_with("c = $2"),
            "{said}"
        );
    }
}
