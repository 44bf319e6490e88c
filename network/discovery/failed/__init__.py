"""Never a dead end: where a search that found too little can go on."""
