import { queue } from './0010-queue.ts';
import { audit } from './0020-audit.ts';
import { provisioning } from './0030-provisioning.ts';
import { sync } from './0040-sync.ts';
import { phoneCodes } from './0050-phone-codes.ts';
import { checks } from './0060-checks.ts';
import { staff } from './0070-staff.ts';
import { settings } from './0080-settings.ts';
import { livenessPlans } from './0090-liveness-plans.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  queue,
  audit,
  provisioning,
  sync,
  phoneCodes,
  checks,
  staff,
  settings,
  livenessPlans,
];
