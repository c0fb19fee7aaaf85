/** The drivers' process with a fault in it: from SIGUSR2 on it takes 300 MB a second and gives nothing back. */
import '../../src/drivers/main.ts';

const taken: Buffer[] = [];
process.on('SIGUSR2', () => {
  setInterval(() => taken.push(Buffer.alloc(15_000_000, 1)), 50);
});
