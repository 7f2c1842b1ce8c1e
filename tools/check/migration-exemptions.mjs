import { brokenRules, SENTENCES } from './migration-rules.mjs';

/** The last migration that landed before these rules: everything after it has to keep them. */
const BASELINE = 1795740000999;

/**
 * A sentence for each rule that is broken without an exemption, and for each exemption that nothing needs. `schemas` holds the
 * migrations of each schema; an exemption reads `{ "<migration>": { "<rule>": "<the reason>" } }`, and only what is frozen may have one.
 */
export function judge(schemas, exemptions, released) {
  const broken = schemas.flatMap((migrations) => brokenRules(migrations, released));
  const isExempt = ({ migration, rule }) => Boolean(exemptions[migration]?.[rule]);
  const needless = Object.entries(exemptions).flatMap(([migration, rules]) =>
    Object.keys(rules)
      .filter((rule) => !broken.some((one) => one.migration === migration && one.rule === rule))
      .map((rule) => `${migration} does not break ${rule}: take the exemption out of tools/check/migrations.json`),
  );
  const late = Object.keys(exemptions)
    .filter((migration) => Number(migration.slice(-13)) > BASELINE)
    .map((migration) => `${migration} is not frozen: change it instead of exempting it`);
  const sentences = broken
    .filter((one) => !isExempt(one))
    .map(
      ({ migration, rule, statement }) => `${migration}: ${SENTENCES[rule]} (${rule})\n  ${statement.slice(0, 160)}`,
    );
  return [...sentences, ...needless, ...late];
}
