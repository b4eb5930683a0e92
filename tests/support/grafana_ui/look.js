/* What a viewer sees of each panel: its text, headings, what is cut off, how far a table reaches out of sight, and how
   many colours a chart has. */
() => {
  const letters = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());

  const isCut = (one, box) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const text = range.getBoundingClientRect();
    for (let clip = one; clip !== box.parentElement; clip = clip.parentElement) {
      const style = getComputedStyle(clip);
      const edge = clip.getBoundingClientRect();
      const hidden = (overflow) => overflow !== 'visible' || clip === box;
      if (['auto', 'scroll'].includes(style.overflowY)) {
        return false; // one can scroll there
      }
      if (hidden(style.overflowX) && (text.right > edge.right + 1.5 || text.left < edge.left - 1.5)) {
        return true;
      }
      if (hidden(style.overflowY) && (text.bottom > edge.bottom + 4 || text.top < edge.top - 4)) {
        return true;
      }
    }
    return false;
  };

  const coloursOf = (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 100) {
        colours.add(`${data[at] >> 4},${data[at + 1] >> 4},${data[at + 2] >> 4}`);
      }
    }
    return colours.size;
  };

  return [...document.querySelectorAll('section')].map((box) => {
    const panel = box.lastChild;
    const table = panel.querySelector('[role=grid]');
    const headings = [...panel.querySelectorAll('[role=columnheader]')];
    // a cell that is too long ends in dots, and is whole in its tooltip
    const said = table ? headings.flatMap((one) => [...one.querySelectorAll('*')]) : [...panel.querySelectorAll('*')];
    return {
      text: panel.innerText,
      headings: headings.map((one) => one.innerText),
      cut: said.filter((one) => letters(one) && isCut(one, box)).map((one) => one.textContent),
      beyond: table ? table.scrollWidth - table.clientWidth : 0,
      colours: [...panel.querySelectorAll('canvas')].map(coloursOf),
      broken: panel.querySelector('.broken')?.textContent ?? null,
    };
  });
}
