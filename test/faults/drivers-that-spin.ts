/** The drivers' process with a fault in it: on SIGUSR2 it computes for ever and hears nobody, its SIGTERM included. */
import '../../src/drivers/main.ts';

process.on('SIGUSR2', () => {
  for (;;) Math.random();
});
