"""Documents that suppliers sign: tasks, each an id in and one service call."""
