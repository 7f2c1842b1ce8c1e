/** What may stand in SQL and hide other text: comments, strings, names in quotes, bodies between dollars. */
const HIDING = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$/g;

/** The statements of an SQL text, each in small letters and one line, without comments; a string is `''`, a body between dollars `$$`. */
export function statements(sql) {
  return bare(sql)
    .split(';')
    .map((one) => one.replaceAll(/\s+/g, ' ').trim().toLowerCase())
    .filter(Boolean);
}

function bare(sql) {
  return sql.replaceAll(HIDING, (found) => {
    if (found.startsWith("'")) return "''";
    if (found.startsWith('"')) return found.slice(1, -1);
    return found.startsWith('$') ? '$$' : ' ';
  });
}

/** The parts of a text between commas that stand in no parentheses. */
export function parts(text) {
  const found = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((part) => part.trim());
}
