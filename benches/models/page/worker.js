// Fits the models in wasm: { model, runs, customers } in, { seconds, told } out. The file holds three numbers a customer.
onmessage = async ({ data: { program, file, model, runs } }) => {
  const module = await WebAssembly.compileStreaming(fetch(program));
  // The engine's way to the browser's tables of letters is linked in, and no fit comes near it.
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: () => { throw new Error(`${name} was called`); } };
  }
  const { exports: engine } = await WebAssembly.instantiate(module, imports);
  const lines = (await (await fetch(file)).text()).trim().split("\n").slice(1);
  const numbers = Float64Array.from(lines.flatMap((line) => line.split(",").map(Number)));
  const at = engine.room(numbers.length);
  new Float64Array(engine.memory.buffer, at, numbers.length).set(numbers);
  const seconds = [];
  let told;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    told = engine.fitted(model, at, numbers.length / 3);
    seconds.push((performance.now() - start) / 1000);
  }
  postMessage({ seconds, told });
};
