import { Body, Controller, Module, Post } from '@nestjs/common';
import { EventType, SchedulingEvent, Text } from '@scheduling/contracts';
import { announce, On } from '@scheduling/events';
import { Database, ownSchema, traceparent, type Tx } from '@scheduling/persistence';
import { DatabaseConfig, defineService, Public } from '../src/index.ts';

@EventType<ParcelSent>({ type: 'scheduling.post.ParcelSent.v1', key: ({ name }) => name, examples: [{ name: 'a' }] })
class ParcelSent extends SchedulingEvent {
  @Text(1, 50) readonly name!: string;
}

class Parcel {
  @Text(1, 50) readonly name!: string;
}

@Public()
@Controller('parcels')
class PostOffice {
  constructor(private readonly db: Database) {}

  @Post(':street')
  send(@Body() { name }: Parcel): Promise<object> {
    return this.db.transaction(async (tx) => {
      announce(tx, ParcelSent.of({ name }));
      return { traceparent: traceparent() };
    });
  }
}

@Controller()
class Postman {
  @On(ParcelSent, 'post.round')
  async carry(tx: Tx, { name }: ParcelSent): Promise<void> {
    await tx.sql`select ${name}::text as carried`;
  }
}

@Module({ controllers: [PostOffice, Postman] })
class PostModule {}

/** A service that states an event and hears it, for what can only be seen of a whole process. */
export const post = defineService({
  name: 'post',
  module: PostModule,
  config: DatabaseConfig,
  schema: (url) => ownSchema(url, 'post', [], []),
});
