.PHONY: demo demo-isolated start test bench attacks fuzz setup clean

# Four visits: a full e-ID, a basic one while the network is cut, its upgrade, a loss that is then checked. Leaves
# screenshots (screens.html), slips and e-IDs in demo/.
demo: setup
	@npm run --silent demo

# The same in a network namespace of its own, counting what would have left the machine.
demo-isolated: setup
	@tools/demo/isolated.sh

# The terminal for a person, with the dock for simulated devices beside it.
start: setup
	@npm run --silent start

# Type check, lint and every test.
test: setup
	@npm run --silent test

# Measured numbers as JSON lines; make bench NAME=face runs one.
bench: setup
	@npm run --silent bench -- $(NAME)

# Every attack and every living person before the terminal; what is recorded and would look the same is judged again.
attacks: setup
	@npm run --silent attacks

# 100 000 000 random and half-valid bytes through every framer of the drivers; make fuzz BYTES=… SEED=… repeats one.
fuzz: setup
	@npm run --silent fuzz -- $(BYTES) $(SEED)

setup:
	@tools/setup.sh

clean:
	rm -rf build .vite out demo test-results
