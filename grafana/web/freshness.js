/* How fresh the page is, judged in the browser: a page whose server has gone must not call itself live.
   The server beats every few seconds with the age of the newest data, and with what is wrong on its side. */
(() => {
  const { texts, silence, stale } = JSON.parse(document.getElementById("freshness-settings").textContent);
  let beat = Date.now(), age = null, problem = "loading";
  const words = seconds => {
    const [text, size] = seconds >= 172800 ? [texts.days, 86400] : seconds >= 7200 ? [texts.hours, 3600]
      : seconds >= 120 ? [texts.minutes, 60] : [texts.seconds, 1];
    return text.replace("{count}", Math.floor(seconds / size));
  };
  const show = () => {
    const silent = (Date.now() - beat) / 1000, now = age === null ? null : age + silent;
    const lost = !navigator.onLine || silent > silence;
    const said = lost ? texts.lost : problem === "unreadable" ? texts.unreadable : now === null
      ? (problem === "loading" ? "" : texts.nothing) : now > stale ? texts.stale : "";
    const banner = document.getElementById("banner"), fresh = document.getElementById("fresh");
    if (!banner || !fresh) return;
    const text = said.replace("{age}", words(now === null ? silent : now));
    if (banner.textContent !== text) banner.textContent = text;
    banner.hidden = !text;
    fresh.textContent = text || now === null ? "" : texts.fresh.replace("{age}", words(now));
  };
  /* A page whose viewer may no longer see it gets no socket, and nobody can tell it so: it asks. */
  let asked = Date.now();
  const ask = () => {
    if (!navigator.onLine || Date.now() - Math.max(beat, asked) < 1000 * silence) return;
    asked = Date.now();
    fetch("/signed-in", { cache: "no-store" }).then(answer => { if (answer.status === 401) location.reload(); }, () => {});
  };
  window.salgspulsBeat = (seconds, wrong) => { beat = Date.now(); age = seconds ?? age; problem = wrong; show(); };
  for (const event of ["online", "offline"]) addEventListener(event, show);
  setInterval(() => { show(); ask(); }, 1000);
})();
