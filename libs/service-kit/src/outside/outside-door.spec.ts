import { lookup } from 'node:dns';
import type { LookupAddress, LookupOptions } from 'node:dns';
import { OutsideDoor } from './outside-door.ts';
import { isPublic } from './public-address.ts';

describe('an address', () => {
  it.each(['8.8.8.8', '93.184.216.34', '2001:4860:4860::8888', '::ffff:8.8.8.8'])(
    'of the internet is public: %s',
    (ip) => {
      expect(isPublic(ip)).toBe(true);
    },
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine, elsewhere', '127.255.0.9'],
    ['this machine, in IPv6', '::1'],
    ['any of this machine', '0.0.0.0'],
    ['any of this machine, in IPv6', '::'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '192.168.1.1'],
    ['a private network, in IPv6', 'fd12:3456::1'],
    ['the link', '169.254.1.1'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['the metadata of a cloud, in IPv6', 'fd00:ec2::254'],
    ['the metadata of a cloud', '100.100.100.200'],
    ['the metadata of a cloud', '168.63.129.16'],
    ['the link, in IPv6', 'fe80::1'],
    ['a provider’s own network', '100.64.0.1'],
    ['everybody', '255.255.255.255'],
    ['a group', '224.0.0.1'],
    ['a group, in IPv6', 'ff02::1'],
    ['a document', '203.0.113.9'],
    ['a benchmark', '198.18.0.1'],
    ['the future', '240.0.0.1'],
    ['a private network, mapped', '::ffff:10.0.0.1'],
    ['this machine, mapped', '::ffff:7f00:1'],
    ['this machine, compatible', '::127.0.0.1'],
    ['a private network, translated', '64:ff9b::10.0.0.1'],
    ['a private network, by 6to4', '2002:0a00:0001::1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('of %s is not public: %s', (_, ip) => {
    expect(isPublic(ip)).toBe(false);
  });
});

describe('the door to the outside', () => {
  const door = new OutsideDoor('http://127.0.0.1:4321');

  it.each([
    'https://calendar.example.org/a.ics?b=1',
    'https://calendar.example.org:8443/a.ics',
    'https://8.8.8.8/a.ics',
    'http://127.0.0.1:4321/a.ics',
  ])('admits %s', (address) => {
    expect(door.admits(new URL(address))).toBe(true);
  });

  it.each([
    ['what is not encrypted', 'http://calendar.example.org/a.ics'],
    ['files of this machine', 'file:///etc/passwd'],
    ['other protocols', 'ftp://calendar.example.org/a.ics'],
    ['a password', 'https://ann:secret@calendar.example.org/a.ics'],
    ['another port of the trusted machine', 'http://127.0.0.1:4322/a.ics'],
    ['the trusted machine by another protocol', 'https://127.0.0.1:4321/a.ics'],
    ['this machine', 'https://127.0.0.1/a.ics'],
    ['this machine as a number', 'https://2130706433/a.ics'],
    ['this machine in hexadecimal', 'https://0x7f000001/a.ics'],
    ['this machine in octal', 'https://0177.0.0.1/a.ics'],
    ['this machine, shortened', 'https://127.1/a.ics'],
    ['this machine in wide letters', 'https://１２７.0.0.1/a.ics'],
    ['this machine in IPv6', 'https://[::1]/a.ics'],
    ['this machine, mapped', 'https://[::ffff:127.0.0.1]/a.ics'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest/meta-data/'],
    ['the metadata of a cloud, as a number', 'https://2852039166/'],
  ])('does not admit %s: %s', (_, address) => {
    expect(door.admits(new URL(address))).toBe(false);
  });

  const asked = (by: OutsideDoor, options: LookupOptions, address = 'https://rebinds.example/a.ics') =>
    new Promise<string | LookupAddress[]>((found, failed) => {
      const url = new URL(address);
      by.lookupFor(url)(url.hostname, options, (error, answer) => (error ? failed(error) : found(answer)));
    });

  it('lets nobody through whose name is of this machine', async () => {
    const local = new OutsideDoor(undefined, async () => [{ address: '127.0.0.1', family: 4 }]);
    await expect(asked(local, {})).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it('lets nobody through with one private address among public ones', async () => {
    const mixed = new OutsideDoor(undefined, async () => [
      { address: '8.8.8.8', family: 4 },
      { address: 'fd00::1', family: 6 },
    ]);
    await expect(asked(mixed, { all: true })).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it('gives a connection what it has looked at, and looks again for the next: a name that rebinds is refused', async () => {
    const answers = ['8.8.8.8', '127.0.0.1'];
    let questions = 0;
    const rebinding = new OutsideDoor(undefined, async () => [{ address: answers[questions++]!, family: 4 }]);
    expect(await asked(rebinding, {})).toBe('8.8.8.8');
    // Whatever the name means by now, that connection had its address from the one look.
    expect(questions).toBe(1);
    await expect(asked(rebinding, {})).rejects.toMatchObject({ code: 'address_not_allowed' });
  });

  it('says so where a name has no address', async () => {
    const none = new OutsideDoor(undefined, async () => []);
    await expect(asked(none, {})).rejects.toMatchObject({ code: 'name_unknown' });
  });

  it('knows this machine by its name, as the system does', async () => {
    const system = await new Promise<LookupAddress[]>((found) =>
      lookup('localhost', { all: true }, (_, addresses) => found(addresses)),
    );
    expect(system.length).toBeGreaterThan(0);
    await expect(asked(new OutsideDoor(), { all: true }, 'https://localhost/a.ics')).rejects.toMatchObject({
      code: 'address_not_allowed',
    });
  });
});
