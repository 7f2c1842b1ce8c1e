// Each way to break a consumer of a released event, tried once.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breaks } from '../generate/compatibility.mjs';

const TYPE = 'scheduling.booking.SlotHeld.v1';
const SCHEMA = {
  title: TYPE,
  'x-key': 'tutor_id',
  type: 'object',
  properties: {
    tutor_id: { type: 'string', format: 'uuid' },
    seat: { type: 'integer', minimum: 1, maximum: 10 },
    status: { type: 'string', enum: ['held', 'free'] },
    note: { type: 'string', maxLength: 20, pattern: '^a' },
    starts: { type: 'array', maxItems: 5, items: { type: 'string', format: 'date-time' } },
    terms: { $ref: '#/$defs/Terms' },
  },
  required: ['tutor_id', 'seat', 'starts', 'terms'],
  $defs: { Terms: { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] } },
};

/** What breaks when the schema is changed. */
function broken(change) {
  const schema = structuredClone(SCHEMA);
  change(schema);
  const found = breaks(new Map([[TYPE, SCHEMA]]), new Map([[TYPE, schema]]));
  return found.map((sentence) => sentence.replace(`${TYPE}.`, ''));
}

const BREAKS = [
  ['a field that is gone', ({ properties }) => delete properties.note, ['note is gone']],
  ['a field with another name', ({ properties: p }) => ((p.remark = p.note), delete p.note), ['note is gone']],
  ['another type', ({ properties: { seat } }) => (seat.type = 'string'), ['seat: type was "integer", is "string"']],
  ['null where there was none', ({ properties: { note } }) => (note.type = ['string', 'null']), [/^note: type was/]],
  [
    'another format',
    ({ properties: { tutor_id: id } }) => delete id.format,
    ['tutor_id: format was "uuid", is undefined'],
  ],
  ['another word in a list', ({ properties: { status } }) => status.enum.push('gone'), [/^status: enum was/]],
  ['one word less in a list', ({ properties: { status } }) => status.enum.pop(), [/^status: enum was/]],
  ['another pattern', ({ properties: { note } }) => (note.pattern = '^b'), ['note: pattern was "^a", is "^b"']],
  ['a lower bound', ({ properties: { seat } }) => (seat.maximum = 9), ['seat: maximum was 10, is 9']],
  ['a higher bound', ({ properties: { seat } }) => (seat.minimum = 0), ['seat: minimum was 1, is 0']],
  ['a shorter text', ({ properties: { note } }) => (note.maxLength = 10), ['note: maxLength was 20, is 10']],
  ['a shorter list', ({ properties: { starts } }) => (starts.maxItems = 4), ['starts: maxItems was 5, is 4']],
  ['other items of a list', ({ properties: { starts } }) => delete starts.items.format, [/^starts\[\]: format was/]],
  ['an optional field that is required', ({ required }) => required.push('note'), ['note was optional, is required']],
  ['a required field that is optional', ({ required }) => required.splice(1, 1), ['seat was required, is optional']],
  ['a new field that is required', withNew, ['level is new and required']],
  ['a change in a part', ({ $defs }) => delete $defs.Terms.properties.zone, ['terms.zone is gone']],
  ['another key', (schema) => (schema['x-key'] = 'seat'), [/x-key was "tutor_id", is "seat"/]],
  ['a closed object', (schema) => (schema.additionalProperties = false), [/additionalProperties was undefined/]],
];

function withNew({ properties, required }) {
  properties.level = { type: 'integer' };
  required.push('level');
}

describe('a released event', () => {
  it('may stay as it is', () => {
    assert.deepEqual(
      broken(() => {}),
      [],
    );
  });

  it('may gain an optional field, and say more of the others', () => {
    const more = ({ properties }) => {
      properties.level = { type: 'integer' };
      properties.note.description = 'What the tutor wrote.';
    };
    assert.deepEqual(broken(more), []);
  });

  it('may not go away', () => {
    assert.deepEqual(breaks(new Map([[TYPE, SCHEMA]]), new Map()), [`${TYPE} is gone`]);
  });

  for (const [what, change, expected] of BREAKS) {
    it(`may not get ${what}`, () => {
      const found = broken(change);
      assert.equal(found.length, expected.length, found.join('; '));
      expected.forEach((it, i) => (typeof it === 'string' ? assert.equal(found[i], it) : assert.match(found[i], it)));
    });
  }
});
