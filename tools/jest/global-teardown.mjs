/** Stops the PostgreSQL of this run and removes its folder; a watching jest then starts its own again. */
export default async function globalTeardown() {
  if (!globalThis.testPostgres) return;
  delete process.env.TEST_DATABASE_URL;
  await globalThis.testPostgres.stop();
  delete globalThis.testPostgres;
}
