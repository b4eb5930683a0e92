-- For each table that holds rows a number that is another one as soon as rows came, were replaced or deleted: whoever has an
-- answer knows by it whether to ask again. Merges leave it as it is. A deletion goes from part to part: the newest tells that
-- it began, the oldest that it is through. Each server of a cluster counts its blocks by itself.
CREATE OR REPLACE VIEW salgspuls.table_versions AS
SELECT table, sum(cityHash64(server, partition_id, newest_block, oldest_version)) AS version
FROM
(
    SELECT
        replaceRegexpOne(table, '_local$', '') AS table, partition_id, hostName() AS server,
        max(greatest(toInt64(data_version), max_block_number)) AS newest_block,
        min(data_version) AS oldest_version
    FROM system.parts
    WHERE active AND database = 'salgspuls_store'
    GROUP BY table, partition_id, server
)
GROUP BY table;
