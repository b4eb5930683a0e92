/* Draws one panel of a dashboard with Grafana's own components, as its panels of core do: the options of the panel's JSON
   and the fields of its answer go in, what a viewer would see comes out. */
import {
  applyFieldOverrides,
  cacheFieldDisplayNames,
  createTheme,
  dataLinksOverrideProcessor,
  dateTime,
  displayNameOverrideProcessor,
  FieldConfigOptionsRegistry,
  getDisplayValueAlignmentFactors,
  getFieldDisplayValues,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  toDataFrame,
  transformDataFrame,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
  VizOrientation,
} from '@grafana/data';
import { BigValue, ThemeContext, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { firstValueFrom, map } from 'rxjs';

const PADDING = 8;
const ZONE = 'Europe/Copenhagen';
const theme = createTheme({ colors: { mode: 'dark' } });

/* some stand in the list under two names */
const TRANSFORMERS = new Map(Object.values(standardTransformers).map((one) => [one.id, one]));
TRANSFORMERS.delete('noop');
/* Grafana keeps this one outside of its packages: each row becomes a field that is called by the row's own column. */
TRANSFORMERS.set('rowsToFields', {
  id: 'rowsToFields',
  name: 'Rows to fields',
  operator: ({ mappings }) => map((frames) => frames.map((frame) => rowsToFields(frame, mappings))),
});

function rowsToFields(frame, mappings) {
  const column = (key) => frame.fields.find(({ name }) => name === mappings.find((one) => one.handlerKey === key).fieldName);
  const names = column('field.name').values;
  const { type, values } = column('field.value');
  return { length: 1, fields: values.map((value, row) => ({ name: `${names[row]}`, type, config: {}, values: [value] })) };
}

standardTransformersRegistry.setInit(() =>
  [...TRANSFORMERS.values()].map((one) => ({
    id: one.id,
    name: one.name,
    transformation: () => Promise.resolve(one),
    editor: () => null,
    imageDark: '',
    imageLight: '',
  }))
);

const PROCESSORS = {
  unit: unitOverrideProcessor,
  min: numberOverrideProcessor,
  max: numberOverrideProcessor,
  decimals: numberOverrideProcessor,
  displayName: displayNameOverrideProcessor,
  noValue: identityOverrideProcessor,
  thresholds: thresholdsOverrideProcessor,
  mappings: valueMappingsOverrideProcessor,
  links: dataLinksOverrideProcessor,
  color: identityOverrideProcessor,
};

/* Every setting that the panel's JSON has: the standard ones by Grafana's processors, the others as they stand. */
function registry(panel) {
  const custom = new Set(Object.keys(panel.fieldConfig.defaults.custom ?? {}));
  for (const { properties } of panel.fieldConfig.overrides) {
    for (const { id } of properties.filter(({ id }) => id.startsWith('custom.'))) {
      custom.add(id.slice('custom.'.length).split('.')[0]);
    }
  }
  const item = (id, path, isCustom, process) => ({
    settings: { expandTemplateVars: true }, id: isCustom ? `custom.${id}` : id, path, isCustom, process, name: id, shouldApply: () => true, override: () => null, editor: () => null,
  });
  return new FieldConfigOptionsRegistry(() => [
    ...Object.entries(PROCESSORS).map(([id, process]) => item(id, id, false, process)),
    ...[...custom].map((id) => item(id, id, true, identityOverrideProcessor)),
  ]);
}

/* Of Grafana's variables only those that the panels use for names. */
function replaceVariables(text, scoped) {
  const labels = scoped?.__dataContext?.value.field?.labels ?? {};
  return text.replace(/\$\{__field\.labels\.(\w+)\}/g, (_, name) => labels[name] ?? '');
}

async function framesOf(panel, fields) {
  const frame = toDataFrame({ refId: 'A', fields });
  const transformed = await firstValueFrom(transformDataFrame(panel.transformations ?? [], [frame]));
  const drawn = applyFieldOverrides({
    data: transformed,
    fieldConfig: panel.fieldConfig,
    fieldConfigRegistry: registry(panel),
    replaceVariables,
    theme,
    timeZone: ZONE,
  });
  cacheFieldDisplayNames(drawn);
  return drawn;
}

function values(panel, frames) {
  return getFieldDisplayValues({
    fieldConfig: panel.fieldConfig,
    reduceOptions: panel.options.reduceOptions,
    replaceVariables,
    theme,
    data: frames,
    sparkline: panel.options.graphMode !== undefined && panel.options.graphMode !== 'none',
    timeZone: ZONE,
  });
}

/* The values of a panel beside or below each other, as Grafana's stat and bar gauge lay them out. */
function repeated({ panel, frames, width, height }, layout, draw) {
  const found = values(panel, frames);
  return (
    <VizRepeater
      source={found}
      getValues={() => found}
      getAlignmentFactors={(all) => getDisplayValueAlignmentFactors(all)}
      renderValue={draw}
      width={width}
      height={height}
      orientation={panel.options.orientation ?? VizOrientation.Auto}
      renderCounter={0}
      {...layout}
    />
  );
}

const KINDS = {
  stat: (props) => {
    const { options } = props.panel;
    return repeated(props, { autoGrid: true, itemSpacing: 3 }, ({ value, width, height, alignmentFactors, count }) => (
      <BigValue
        value={value.display}
        sparkline={value.sparkline}
        colorMode={options.colorMode}
        graphMode={options.graphMode}
        justifyMode={options.justifyMode}
        textMode={options.textMode}
        text={options.text}
        disableWideLayout={!options.wideLayout}
        percentChangeColorMode={options.percentChangeColorMode}
        alignmentFactors={alignmentFactors}
        count={count}
        width={width}
        height={height}
        theme={theme}
      />
    ));
  },
  table: ({ panel, frames, width, height }) => (
    <TableNG
      data={frames[0]}
      width={width}
      height={height}
      noHeader={!panel.options.showHeader}
      cellHeight={panel.options.cellHeight}
      sortBy={panel.options.sortBy}
      frozenColumns={panel.options.frozenColumns?.left}
      enablePagination={panel.options.enablePagination}
      fieldConfig={panel.fieldConfig}
      enableVirtualization={false}
      resizable={true}
    />
  ),
  timeseries: ({ panel, frames, width, height, from, to }) => (
    <TimeSeries
      frames={frames}
      timeRange={{ from: dateTime(from), to: dateTime(to), raw: { from: dateTime(from), to: dateTime(to) } }}
      timeZone={ZONE}
      width={width}
      height={height}
      legend={panel.options.legend}
      options={panel.options}
    />
  ),
};

class Guard extends React.Component {
  state = { error: null };
  static getDerivedStateFromError(error) {
    return { error };
  }
  render() {
    return this.state.error ? <pre className="broken">{String(this.state.error)}</pre> : this.props.children;
  }
}

/* Draws the panels of a page, each in the box that it has there. The panel's heading is ours: a line of its title. */
window.draw = async (panels, from, to) => {
  const page = document.getElementById('page');
  for (const { panel, fields, box, heading } of panels) {
    const frame = document.createElement('section');
    frame.id = `panel-${panel.id}`;
    frame.dataset.kind = panel.type;
    Object.assign(frame.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` });
    frame.innerHTML = '<h6></h6><div></div>';
    frame.firstChild.textContent = panel.title ?? '';
    page.append(frame);
    const Kind = KINDS[panel.type];
    if (!Kind) {
      continue;
    }
    const width = box.width - 2 * PADDING;
    const height = box.height - 2 * PADDING - heading;
    const inner = frame.lastChild;
    Object.assign(inner.style, { top: `${heading + PADDING}px`, left: `${PADDING}px`, width: `${width}px`, height: `${height}px` });
    const frames = await framesOf(panel, fields);
    createRoot(inner).render(
      <ThemeContext.Provider value={theme}>
        <Guard>
          <Kind panel={panel} frames={frames} width={width} height={height} from={from} to={to} />
        </Guard>
      </ThemeContext.Provider>
    );
  }
};

/* Whether everything stands: what React renders and uPlot paints comes a moment later. */
let still = 0;
let before = '';
window.drawn = () => {
  const panels = [...document.querySelectorAll('section')].filter(({ dataset }) => dataset.kind in KINDS);
  const stands = ({ lastChild }) => lastChild.innerText.trim() || lastChild.querySelector('canvas');
  const now = document.getElementById('page').innerHTML.length;
  still = now === before && panels.every(stands) ? still + 1 : 0;
  before = now;
  return still > 20;
};
