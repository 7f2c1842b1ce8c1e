/** A file as a careless writer would have it; which mistake, the number says. */
export function tampered(text, number) {
  const mistakes = [
    (file) => file.replaceAll('\r\n', '\n'),
    (file) => file.replaceAll('\r\n ', ''),
    (file) => file.replace(/SEQUENCE:\d+/, 'SEQUENCE:0'),
    (file) => file.replace('END:VCALENDAR\r\n', ''),
    (file) => file.replace(/^(SUMMARY:.*)$/m, '$1!'),
    (file) => file.replace(/(DTSTART:\d+T\d+)Z/, '$1'),
  ];
  return mistakes[number % mistakes.length](text);
}
