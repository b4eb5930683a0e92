#!/bin/sh
# Starts Alertmanager with the channel that SALGSPULS_ALERT_CHANNEL names, Grafana's own. Where the channel is not
# complete it says what is missing and does not start, so that `up --wait` fails instead of alerts later.
set -eu

CONFIG=${ALERTMANAGER_CONFIG:-/tmp/alertmanager.yml}

incomplete() {
    echo "alerts reach nobody: $1; see deploy/compose.env.example" >&2
    exit 1
}

quoted() { # as YAML reads it
    printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"
}

case ${SALGSPULS_ALERT_CHANNEL:-} in
email)
    [ "${GF_SMTP_ENABLED:-}" = true ] || incomplete "SALGSPULS_ALERT_CHANNEL is email and GF_SMTP_ENABLED is not true"
    [ -n "${GF_SMTP_HOST:-}" ] || incomplete "GF_SMTP_HOST names no mail server"
    case ${SALGSPULS_ALERT_EMAILS:-} in
    ?*@?*) ;;
    *) incomplete "SALGSPULS_ALERT_EMAILS holds no address" ;;
    esac
    receiver="
    email_configs:
      - to: $(quoted "$(printf %s "$SALGSPULS_ALERT_EMAILS" | tr ';' ',')")
        from: $(quoted "$GF_SMTP_FROM_ADDRESS")
        smarthost: $(quoted "$GF_SMTP_HOST")
        auth_username: $(quoted "${GF_SMTP_USER:-}")
        auth_password: $(quoted "${GF_SMTP_PASSWORD:-}")
        require_tls: ${ALERTMANAGER_SMTP_TLS:-true}
        send_resolved: true"
    ;;
webhook)
    case ${SALGSPULS_ALERT_WEBHOOK_URL:-} in
    http://?* | https://?*) ;;
    *) incomplete "SALGSPULS_ALERT_WEBHOOK_URL is no address" ;;
    esac
    receiver="
    webhook_configs:
      - url: $(quoted "$SALGSPULS_ALERT_WEBHOOK_URL")
        send_resolved: true"
    ;;
teams)
    case ${SALGSPULS_ALERT_TEAMS_URL:-} in
    https://?*) ;;
    *) incomplete "SALGSPULS_ALERT_TEAMS_URL is no https address" ;;
    esac
    receiver="
    msteamsv2_configs:
      - webhook_url: $(quoted "$SALGSPULS_ALERT_TEAMS_URL")
        send_resolved: true"
    ;;
none)
    echo "SALGSPULS_ALERT_CHANNEL is none: alerts are shown at port 9093 and reach nobody" >&2
    receiver=
    ;;
*) incomplete "SALGSPULS_ALERT_CHANNEL is '${SALGSPULS_ALERT_CHANNEL:-}', not email, webhook, teams or none" ;;
esac

umask 077
cat >"$CONFIG" <<END
route:
  receiver: $SALGSPULS_ALERT_CHANNEL
  group_by: [alertname]
  group_wait: 10s
  group_interval: 5m
  repeat_interval: 4h
inhibit_rules:
  # without any worker it goes without saying that single ones are down, and that there are too few
  - source_matchers: [alertname = SalgspulsNoWorker]
    target_matchers: [alertname =~ "SalgspulsWorkerDown|SalgspulsTooFewWorkers"]
receivers:
  - name: $SALGSPULS_ALERT_CHANNEL$receiver
END
exec "${ALERTMANAGER:-/bin/alertmanager}" --config.file="$CONFIG" "$@"
