# Sourced by run: starts servers, watches them, and ends exactly those.

declare -A server_pid=()  # name → process id
declare -A server_log=()  # name → file
server_order=()

# start_server name log command...: in a session of its own, so that Ctrl-C reaches this script
# alone, which then ends the servers one by one.
start_server() {
	local name=$1 log=$2
	shift 2
	setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
	server_pid[$name]=$!
	server_log[$name]=$log
	server_order+=("$name")
	[ -z "${pid_file:-}" ] || printf '%s %s\n' "$!" "$1" >>"$pid_file"
}

is_running() { kill -0 "$1" 2>/dev/null; }

# The first server that is not running any more; fails if all are.
dead_server() {
	local name
	for name in "${server_order[@]}"; do
		if ! is_running "${server_pid[$name]}"; then
			echo "$name"
			return 0
		fi
	done
	return 1
}

# Waits for a process that was asked to end, then insists.
end_process() {
	local pid=$1 i
	for ((i = 0; i < 200; i++)); do
		is_running "$pid" || return 0
		sleep 0.1
	done
	kill -KILL "$pid" 2>/dev/null || true
}

# Asks all at once, then waits for each.
end_servers() {
	local name
	for name in "${server_order[@]}"; do
		kill -TERM "${server_pid[$name]}" 2>/dev/null || true
	done
	for name in "${server_order[@]}"; do
		end_process "${server_pid[$name]}"
		wait "${server_pid[$name]}" 2>/dev/null || true
	done
	server_order=()
	[ -z "${pid_file:-}" ] || rm -f "$pid_file"
}

# Ends what an earlier start left behind (it was killed): only processes that still run the same
# program.
end_leftovers() {
	local pid program
	[ -e "$pid_file" ] || return 0
	while read -r pid program; do
		if [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//')" = "$program" ]; then
			echo "Ending $(basename "$program") ($pid), left by a start that was killed."
			kill -TERM "$pid" 2>/dev/null || true
			end_process "$pid"
		fi
	done <"$pid_file"
	rm -f "$pid_file"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# wait_for_port port name seconds: until the server listens; fails if it ends or takes too long.
wait_for_port() {
	local port=$1 name=$2 tries=$(($3 * 5)) i
	for ((i = 0; i < tries; i++)); do
		port_is_free "$port" || return 0
		is_running "${server_pid[$name]}" || break
		sleep 0.2
	done
	echo "$name did not start. The end of ${server_log[$name]}:" >&2
	tail -n 20 "${server_log[$name]}" >&2
	return 1
}
