import { renderRulesPage } from '../../test/architecture/rules-page.js';
import { renderAlertsPage } from './alerts-page.js';
import { renderAsyncApi } from './async-api.js';
import { clientFiles } from './client.js';
import { renderEventCatalogue } from './event-catalogue.js';
import { EventSchemas, schemaFiles } from './event-schemas.js';
import { renderCorrectionsPage } from './corrections-page.js';
import { renderEventsPage } from './events-page.js';
import { renderExceptionsPage } from './exceptions-page.js';
import { renderFoldFingerprint } from './fold-fingerprint.js';
import type { Generator } from './generator.js';
import { renderKpisPage } from './kpis-page.js';
import { renderMetricsPage } from './metrics-page.js';
import { renderOpenApi } from './open-api.js';
import { renderRolesPage } from './roles-page.js';
import { renderStatesPage } from './states-page.js';
import { renderStepTables } from './step-tables.js';

const schemas = new EventSchemas();

/** Every generated file of the repository. Add a line here, and the gate keeps the file up to date. */
export const generators: readonly Generator[] = [
  { writes: 'apps/console/src/offline/step-tables.json', render: renderStepTables },
  { writes: 'apps/scheduler/src/snapshots/fold-fingerprint.ts', render: () => renderFoldFingerprint() },
  { writes: 'docs/alerts.md', render: renderAlertsPage },
  { writes: 'docs/architecture-rules.md', render: renderRulesPage },
  { writes: 'docs/asyncapi.json', render: () => renderAsyncApi(schemas) },
  { writes: 'docs/corrections.md', render: renderCorrectionsPage },
  { writes: 'docs/event-catalogue.json', render: () => renderEventCatalogue(schemas) },
  { writes: 'docs/events.md', render: () => renderEventsPage(schemas) },
  { writes: 'docs/exceptions.md', render: renderExceptionsPage },
  { writes: 'docs/kpis.md', render: renderKpisPage },
  { writes: 'docs/metrics.md', render: renderMetricsPage },
  { writes: 'docs/openapi.json', render: renderOpenApi },
  { writes: 'docs/roles.md', render: renderRolesPage },
  { writes: 'docs/states.md', render: renderStatesPage },
  ...schemaFiles(schemas),
  ...clientFiles,
];
