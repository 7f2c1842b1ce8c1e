// For each rule of .dependency-cruiser.cjs a tree that breaks it, and nothing else: files by path, the guilty one first.

const use = (name) => `import * as used from '${name}';\nexport const seen = used;\n`;
const lib = (name) => use(`@scheduling/${name}`);
const breaksUses = (name, other) => ({ [`${name}-uses-few`]: { [`libs/${name}/src/guilty.ts`]: lib(other) } });

/** A tree in which every layer imports what it may. */
export const CLEAN = {
  'apps/booking/src/holds/holds.controller.ts':
    use('./holds.service.ts') + use('./holds.dto.ts').replaceAll('used', 'dto').replace('seen', 'shown'),
  'apps/booking/src/holds/holds.dto.ts': lib('contracts'),
  'apps/booking/src/holds/holds.service.ts':
    use('./holds.policy.ts') + "import { row } from './holds.store.ts';\nexport const found = row;\n",
  'apps/booking/src/holds/holds.policy.ts':
    "import type { row } from './holds.store.ts';\nimport { RRule } from 'rrule';\nexport const rule = RRule;\nexport type Row = typeof row;\n",
  'apps/booking/src/holds/holds.store.ts':
    "import { EntityManager } from 'typeorm';\nexport const row = EntityManager;\n",
  'apps/booking/src/holds/holds.errors.ts': lib('domain'),
  'apps/booking/test/holds.spec.ts': lib('testing'),
  'apps/notification/src/mail/mail.consumer.ts': use('./mail.service.ts'),
  'apps/notification/src/mail/mail.service.ts': lib('persistence'),
  'libs/events/src/kafka-log.ts': use('kafkajs'),
};

export const FIXTURES = {
  'no-circles': {
    'apps/booking/src/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    'apps/booking/src/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
  },
  'imports-resolve': { 'apps/booking/src/guilty.ts': use('./nothing.ts') },
  'apps-talk-by-events': {
    'apps/booking/src/guilty.ts': use('../../accounts/src/people.ts'),
    'apps/accounts/src/people.ts': 'export const people = 1;\n',
  },
  'tests-borrow-doubles-only': {
    'apps/booking/test/guilty.ts': use('../../sandbox/src/inbox/inbox.service.ts'),
    'apps/sandbox/src/inbox/inbox.service.ts': 'export const inbox = 1;\n',
  },
  'libs-know-no-app': {
    'libs/service-kit/src/guilty.ts': use('../../../apps/accounts/src/people.ts'),
    'apps/accounts/src/people.ts': 'export const people = 1;\n',
  },
  'libs-have-one-door': {
    'apps/booking/src/guilty.ts': use('../../../libs/domain/src/ids.ts'),
    'libs/domain/src/ids.ts': 'export const ids = 1;\n',
  },
  ...breaksUses('client', 'domain'),
  ...breaksUses('domain', 'time'),
  ...breaksUses('contracts', 'persistence'),
  ...breaksUses('time', 'contracts'),
  ...breaksUses('invitations', 'contracts'),
  ...breaksUses('persistence', 'contracts'),
  ...breaksUses('events', 'service-kit'),
  ...breaksUses('service-kit', 'time'),
  'tests-stay-tests': { 'apps/booking/src/guilty.ts': lib('testing') },
  'pure-libs-do-no-io': { 'libs/time/src/guilty.ts': use('node:fs') },
  'pure-libs-know-no-framework': { 'libs/domain/src/guilty.ts': use('@nestjs/common') },
  'policies-are-pure': { 'apps/booking/src/holds.policy.ts': lib('persistence') },
  'refusals-know-only-the-domain': { 'apps/booking/src/holds.errors.ts': lib('contracts') },
  'entities-only-map': { 'apps/booking/src/holds.entity.ts': lib('contracts') },
  'dtos-only-show': {
    'apps/booking/src/holds.dto.ts': use('./holds.store.ts'),
    'apps/booking/src/holds.store.ts': 'export const row = 1;\n',
  },
  'doors-only-call-services': {
    'apps/booking/src/holds.cron.ts': use('./holds.store.ts'),
    'apps/booking/src/holds.store.ts': 'export const row = 1;\n',
  },
  'services-have-no-door': {
    'apps/booking/src/holds.service.ts':
      "import type { HoldDto } from './holds.dto.ts';\nexport type Shown = HoldDto;\n",
    'apps/booking/src/holds.dto.ts': 'export class HoldDto {}\n',
  },
  'stores-decide-nothing': {
    'apps/booking/src/holds.store.ts': use('./holds.policy.ts'),
    'apps/booking/src/holds.policy.ts': 'export const grant = 1;\n',
  },
  'sql-stays-in-stores': { 'apps/booking/src/holds.service.ts': use('pg') },
  'kafka-stays-in-the-log': { 'apps/booking/src/guilty.ts': use('kafkajs') },
  'no-drawers': {
    'apps/booking/src/guilty.ts': use('./utils/text.ts'),
    'apps/booking/src/utils/text.ts': 'export const text = 1;\n',
  },
};
