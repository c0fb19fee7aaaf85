/** Fault scripts that are at hand as buttons; their format stands in `drivers/simulator/fault-script.ts`. */
export const FAULT_PRESETS = {
  none: '',
  'bad-checksum': 'on read: bad-checksum',
  'drop-byte': 'on read: drop-byte 700',
  'cut-short': 'on read: cut-after 500',
  late: 'on read: delay 6000',
  silence: 'on read: silence',
  babble: 'on read: babble 4096',
  unplug: 'on read: unplug-at 640 3000',
  'power-cycle': 'on read: power-cycle',
  'read-failed': 'on read: status 41',
  'card-refused': 'on read: status 32',
  'self-test': 'on every any: status 60',
} as const;
export type FaultPreset = keyof typeof FAULT_PRESETS;
export const FAULT_PRESET_NAMES = Object.keys(FAULT_PRESETS) as readonly FaultPreset[];
