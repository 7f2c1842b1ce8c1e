import { UnknownTimezone } from '@scheduling/time';
import { startWallOf, zoneOf } from './zones.policy.ts';

const [kyiv, london, tokyo] = ['Europe/Kyiv', 'Europe/London', 'Asia/Tokyo'];

describe('the timezone of a rule', () => {
  it.each([
    ['the request’s before all', kyiv, london, tokyo, `${kyiv} by request`],
    ['the request’s where there is nothing else', kyiv, null, null, `${kyiv} by request`],
    ['the settings’ before the token’s', undefined, london, tokyo, `${london} by settings`],
    ['the token’s where nothing is said', undefined, null, tokyo, `${tokyo} by token`],
    ['UTC where nobody says', undefined, null, null, 'UTC by default'],
    ['UTC where the token says nonsense', undefined, null, 'constructor', 'UTC by default'],
    ['UTC where the token says an offset', undefined, null, '+05:30', 'UTC by default'],
  ])('is %s', (_, request, settings, token, expected) => {
    const { name, source } = zoneOf(request, settings, token);
    expect(`${name} by ${source}`).toBe(expected);
  });

  it.each(['', 'constructor', '+05:30', 'GMT+2', 'Mars/Olympus', 'Europe/Kyiv '])(
    'is refused where the request asks for %j, whatever else is known',
    (request) => {
      expect(() => zoneOf(request, london, tokyo)).toThrow(UnknownTimezone);
    },
  );
});

describe('the wall time at which a rule begins', () => {
  it.each([
    ['is what the clock shows', kyiv, '2030-03-04T14:00Z', '2030-03-04T16:00Z'],
    ['is the first of two in a repeated hour', kyiv, '2030-10-27T00:30Z', '2030-10-27T03:30Z'],
    ['is left to the instant in the second', kyiv, '2030-10-27T01:30Z', null],
    ['is what the clock shows after a gap', kyiv, '2030-03-31T01:30Z', '2030-03-31T04:30Z'],
  ])('%s', (_, zone, at, wall) => {
    expect(startWallOf(new Date(at), zone)).toEqual(wall && new Date(wall));
  });
});
