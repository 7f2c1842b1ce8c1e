const COLUMNS = {
  tutor_id: 'uuid',
  start_at: 'timestamptz',
  end_at: 'timestamptz',
  price_cents: 'int',
  currency: 'text',
  capacity: 'smallint',
  offered: 'boolean',
  status: 'text',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const PARAMETERS = Object.values(COLUMNS).map((type, n) => `$${n + 1}::${type}[]`);

/** One `INSERT … SELECT unnest` of the slots that booking has of availability's tutors, in the order in which they came. */
export class BareInsert {
  #client;
  #columns;

  /** Reads the rows, each column as the text of one array, and makes a table with the same columns and indexes. */
  static async of(client) {
    const insert = new BareInsert();
    insert.#client = client;
    insert.#columns = [];
    for (const column of Object.keys(COLUMNS)) {
      const { rows } = await client.query(
        `select array_agg(${column} order by slots.ctid)::text as literal
           from booking.slots join availability.schedules using (tutor_id)`,
      );
      insert.#columns.push(rows[0].literal);
    }
    await client.query('create schema bare; create table bare.slots (like booking.slots including all)');
    return insert;
  }

  /** Inserts them into the empty table; answers the seconds that it took. */
  async run() {
    await this.#client.query('truncate bare.slots; checkpoint');
    const began = performance.now();
    await this.#client.query(`insert into bare.slots (${NAMES}) select * from unnest(${PARAMETERS})`, this.#columns);
    return (performance.now() - began) / 1000;
  }
}
