/* The rows of a panel. A new answer changes the cells that differ and leaves all others as they are: what has the
   focus keeps it, and two hundred rows cost little. (Slots that are given to NiceGUI's own table as text become new
   components with each answer, so that every cell is taken out and made again.) */
const order = (one, other) => (one.sort > other.sort) - (one.sort < other.sort);

export default {
  template: `
    <q-table flat dense hide-bottom row-key="id" v-model:pagination="pagination"
      :rows="rows" :columns="sortable" :hide-header="!header">
      <template #header-cell="props">
        <q-th :props="props" :aria-sort="sorting(props.col)">
          <button v-if="props.col.sortable" type="button" class="sort" @click.stop="props.sort(props.col)"
            >{{ props.col.label }}</button>
          <template v-else>{{ props.col.label }}</template>
        </q-th>
      </template>
      <template #body-cell="props">
        <q-td :props="props" :class="'cell of-' + props.col.cell">
          <template v-if="props.value.parts">
            <template v-for="(part, i) in props.value.parts" :key="i"
              ><mark v-if="i % 2">{{ part }}</mark><template v-else>{{ part }}</template></template>
          </template>
          <template v-else-if="props.value.chips">
            <span v-for="chip in props.value.chips" :key="chip" class="chip">{{ chip }}</span>
          </template>
          <div v-else-if="props.value.bar !== undefined" class="cell-bar">
            <span class="cell-bar-number">{{ props.value.text }}</span>
            <span class="cell-bar-track"><span class="cell-bar-fill"
              :style="{ width: props.value.bar + '%', background: props.value.colour }"></span></span>
          </div>
          <a v-else-if="props.value.href" :href="props.value.href">{{ props.value.text }}</a>
          <span v-else-if="props.col.cell === 'badge'" class="badge"
            :style="{ background: props.value.colour }">{{ props.value.text }}</span>
          <span v-else-if="props.col.cell === 'coloured'" :style="{ color: props.value.colour }"
            >{{ props.value.text }}</span>
          <span v-else>{{ props.value.text }}</span>
        </q-td>
      </template>
      <template #body-cell-track="props">
        <q-td :props="props" class="cell-track">
          <q-btn v-for="(kind, i) in ['keyword', 'competitor']" :key="kind" :label="props.col.kinds[i]"
            flat dense no-caps color="primary" @click="$emit('track', { name: props.row.c0.text, kind })" />
        </q-td>
      </template>
      <template #body-cell-star="props">
        <q-td :props="props" class="cell-star">
          <q-btn :icon="props.row.starred ? 'star' : 'star_border'" flat dense round size="sm" color="primary"
            :aria-label="props.col.said + ': ' + props.row.c0.text" :aria-pressed="String(!!props.row.starred)"
            @click="$emit('star', { seller_id: props.row.seller_id, starred: !props.row.starred })" />
        </q-td>
      </template>
    </q-table>
  `,
  props: { rows: Array, columns: Array, header: Boolean },
  emits: ["track", "star"],
  data: () => ({ pagination: { rowsPerPage: 0 } }),
  computed: {
    sortable() {
      return this.columns.map(column => ({ ...column, sort: order }));
    },
  },
  methods: {
    sorting(column) {
      const { sortBy, descending } = this.pagination;
      return sortBy !== column.name ? "none" : descending ? "descending" : "ascending";
    },
  },
};
